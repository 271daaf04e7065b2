import { createClient } from '@tracellm/client'
import type { PlainTraceInput } from '@tracellm/core/wire'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { startTracellm, type RunningTracellm } from '../start-tracellm.ts'
import { sampleId, sendSpans } from './agent-trace.ts'
import { test } from './browser-test.ts'

function send({ url }: RunningTracellm, ...traces: Partial<PlainTraceInput>[]) {
  return createClient({ baseUrl: url }).sendTraces({ traces })
}

/** Traces that began so many minutes ago, in order. */
function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString()
}

const rowNames = (page: Page) => page.getByRole('row').getByRole('link').locator('b').allInnerTexts()

/** Set on the window, it is gone when the page is loaded again. */
const mark = (page: Page) => page.evaluate(() => void Object.assign(window, { marked: true }))
const isMarked = (page: Page) => page.evaluate(() => 'marked' in window)

describe('the traces page', () => {
  test('says what to send first, and turns into the list when it comes', async ({ browser, ownServer: server }) => {
    const page = await browser.open(server.url)
    await page.getByText('Send the first trace.').waitFor()
    await page.getByRole('tab', { name: 'curl' }).click()
    await mark(page)
    const snippet = await page.getByRole('tabpanel').locator('pre').innerText()
    expect(snippet).toContain(`curl ${server.url}/traces`)

    await send(server, { name: 'hello', prompt: '2 + 2?', response: '4' })
    await page.getByRole('link', { name: 'hello 2 + 2?' }).waitFor()
    expect(await isMarked(page)).toBe(true)
  })

  test('shows a trace the moment it comes, and what becomes of it', async ({ browser, ownServer: server }) => {
    await send(server, { name: 'before', prompt: 'first', started_at: minutesAgo(1) })
    const page = await browser.open(`${server.url}/traces`)
    await page.getByRole('link', { name: 'before first' }).waitFor()
    await mark(page)

    const [traceId, startMs] = [sampleId(1, 32), Date.now()]
    const root = { id: sampleId(1, 16), name: 'running-agent', at: 0 }
    await sendSpans(server.url, traceId, startMs, [root])
    const row = page.getByRole('row').filter({ hasText: 'running-agent' })
    await row.getByRole('img', { name: 'running' }).waitFor()
    expect(await rowNames(page)).toEqual(['running-agent', 'before'])

    await sendSpans(server.url, traceId, startMs, [{ ...root, for: 2500, error: 'it broke' }])
    await row.getByRole('img', { name: 'failed' }).waitFor()
    await row.getByText('2.50 s').waitFor()
    expect(await isMarked(page)).toBe(true)
  })

  test('holds still under the pointer, and says how many are new', async ({ browser, ownServer: server }) => {
    await send(
      server,
      { name: 'one', prompt: '1', started_at: minutesAgo(2) },
      { name: 'two', prompt: '2', started_at: minutesAgo(1) },
    )
    const page = await browser.open(`${server.url}/traces`)
    await page.getByRole('link', { name: 'one 1' }).hover()
    await send(server, { name: 'three', prompt: '3' }, { name: 'four', prompt: '4' })
    await page.getByText('4 traces').waitFor()
    expect(await rowNames(page)).toEqual(['two', 'one'])

    await page.getByRole('button', { name: '2 new' }).click()
    await page.getByRole('link', { name: 'three 3' }).waitFor()
    expect(await rowNames(page)).toHaveLength(4)
  })

  test('shows what the filter lets through, now and later, and keeps it in the address', async ({
    browser,
    ownServer: server,
  }) => {
    await send(server, { name: 'fine', prompt: 'a' }, { name: 'broken', prompt: 'b', status: 'failed' })
    const page = await browser.open(`${server.url}/traces`)
    await page.getByRole('link', { name: 'fine a' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('sta')
    await page.getByRole('option', { name: /^status:/ }).click()
    await page.keyboard.type('failed')
    await page.keyboard.press('Enter')
    await page.getByText('1 trace', { exact: true }).waitFor()
    expect(new URL(page.url()).search).toBe('?status=failed')
    expect(await rowNames(page)).toEqual(['broken'])

    await send(server, { name: 'fine again', prompt: 'c' }, { name: 'broken again', prompt: 'd', status: 'failed' })
    await page.getByRole('link', { name: 'broken again d' }).waitFor()
    expect(await rowNames(page)).toEqual(expect.not.arrayContaining(['fine again']))

    await page.getByRole('button', { name: 'Drop the filter status:failed' }).click()
    await page.getByRole('link', { name: 'fine again c' }).waitFor()
    await page.getByRole('combobox').fill('colour:red')
    await page.keyboard.press('Enter')
    await page.getByText('There is no colour: yet').waitFor()
  })

  test('is walked through by keys, and found as it was left', async ({ browser, ownServer: server }) => {
    await send(server, ...['c', 'b', 'a'].map((name, place) => ({ name, prompt: 'x', started_at: minutesAgo(place) })))
    const page = await browser.open(`${server.url}/traces`)
    await page.getByRole('link', { name: 'a x' }).waitFor()
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'b', exact: true }).waitFor()
    await page.keyboard.press('Escape')
    const focused = page.locator('a:focus')
    await focused.waitFor()
    expect(await focused.innerText()).toContain('b')

    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  })

  test('loads more as one scrolls, and is still there when one comes back', async ({ browser, ownServer: server }) => {
    const many = Array.from({ length: 250 }, (_, place) => ({
      name: `trace ${place}`,
      prompt: 'x',
      started_at: minutesAgo(place),
    }))
    await send(server, ...many)
    const page = await browser.open(`${server.url}/traces`)
    await page.getByText('250 traces').waitFor()
    await page.getByRole('link', { name: 'trace 0 x' }).waitFor()
    const last = page.getByRole('link', { name: 'trace 249 x' })
    const scroller = page.locator('.trace-list .scroller')
    await expect
      .poll(async () => {
        await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight))
        return last.isVisible()
      })
      .toBe(true)
    expect(await page.getByRole('row').count()).toBeLessThan(100)

    await last.click()
    await page.getByRole('heading', { name: 'trace 249' }).waitFor()
    await page.goBack()
    await last.waitFor()
  })

  test('says that the server is gone, and goes on when it is back', async ({ browser, ownServer: server }) => {
    const { port } = new URL(server.url)
    await send(server, { name: 'before', prompt: 'x' })
    const page = await browser.open(`${server.url}/traces`)
    await page.getByRole('link', { name: 'before x' }).waitFor()
    await mark(page)

    await server.stop()
    await page.getByText('The server stopped answering.').waitFor()
    await page.getByText(/^What you see is from \d\d:\d\d:\d\d\. Trying again/).waitFor()
    expect(await rowNames(page)).toEqual(['before'])
    await page.getByRole('heading', { name: 'Nothing answers on' }).waitFor()
    // As whoever started it can type it: with `npm start` in a clone, and with the flags that it had.
    const command = await page.getByRole('region', { name: 'What helps' }).locator('pre').innerText()
    expect(command).toMatch(/start .*--port \d+ .*--home ~$/)
    await page.getByRole('button', { name: 'Try now' }).first().click()

    await using again = await startTracellm({ home: server.home, args: ['--port', port] })
    await send(again, { name: 'after', prompt: 'y' })
    await page.getByRole('link', { name: 'after y' }).waitFor()
    await page.getByText('The server stopped answering.').waitFor({ state: 'hidden' })
    expect(await isMarked(page)).toBe(true)
    browser.allowFaults(/ERR_CONNECTION_REFUSED|WebSocket connection/)
    await browser.closePages()
  })
})
