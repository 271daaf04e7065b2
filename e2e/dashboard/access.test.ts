import { createClient } from '@tracellm/client'
import { describe, expect } from 'vitest'
import { runTracellm, startTracellm, TemporaryHome } from '../start-tracellm.ts'
import { test } from './browser-test.ts'

describe('a server that wants keys', () => {
  test('is asked with the key that one enters, by requests and by the socket', async ({ browser }) => {
    using home = new TemporaryHome()
    const made = await runTracellm(['keys', 'create', '--json'], { home: home.path })
    const { key } = JSON.parse(made.stdout)
    // Still this machine, but no address on which nobody needs a key.
    await using server = await startTracellm({ home: home.path, args: ['--host', '127.0.0.2'] })
    const client = createClient({ baseUrl: server.url, key })
    await client.sendTraces({ name: 'secret', prompt: 'x' })

    const page = await browser.open(`${server.url}/traces`)
    const field = page.getByLabel('API key')
    await field.fill('tlm_sk_00000000000000000000000000000000')
    await page.keyboard.press('Enter')
    await page.getByText('That key is not good here').waitFor()
    await field.fill(key)
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'secret x' }).waitFor()

    await client.sendTraces({ name: 'told', prompt: 'y' })
    await page.getByRole('link', { name: 'told y' }).waitFor()

    await page.reload()
    await page.getByRole('link', { name: 'secret x' }).waitFor()
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
    browser.allowFaults(/401|WebSocket/)
    await browser.closePages()
  })
})
