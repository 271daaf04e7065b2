import { createClient } from '@tracellm/client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { runTracellm, startTracellm, TemporaryHome, type RunningTracellm } from '../start-tracellm.ts'
import { hasBrowser, TestBrowser } from './test-browser.ts'

let browser: TestBrowser
let server: RunningTracellm
let home: TemporaryHome
let key: string

beforeAll(async () => {
  if (!hasBrowser) return
  browser = await TestBrowser.start()
  home = new TemporaryHome()
  const made = await runTracellm(['keys', 'create', '--json'], { home: home.path })
  key = JSON.parse(made.stdout).key
  // Still this machine, but no address on which nobody needs a key.
  server = await startTracellm({ home: home.path, args: ['--host', '127.0.0.2'] })
  await createClient({ baseUrl: server.url, key }).sendTraces({ name: 'secret', prompt: 'x' })
})

afterEach(() => browser?.closePages())

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]()
  await server?.[Symbol.asyncDispose]()
  home?.[Symbol.dispose]()
})

describe('a server that wants keys', () => {
  test.skipIf(!hasBrowser)('is asked with the key that one enters, by requests and by the socket', async () => {
    const page = await browser.open(`${server.url}/traces`)
    const field = page.getByLabel('API key')
    await field.fill('tlm_sk_00000000000000000000000000000000')
    await page.keyboard.press('Enter')
    await page.getByText('That key is not good here').waitFor()
    await field.fill(key)
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'secret x' }).waitFor()

    await createClient({ baseUrl: server.url, key }).sendTraces({ name: 'told', prompt: 'y' })
    await page.getByRole('link', { name: 'told y' }).waitFor()

    await page.reload()
    await page.getByRole('link', { name: 'secret x' }).waitFor()
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
    browser.allowFaults(/401|WebSocket/)
  })
})
