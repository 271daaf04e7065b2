import { createClient } from '@tracellm/client'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { answer, question, sampleId, sendSpans, sendTrace } from './agent-trace.ts'
import { test } from './browser-test.ts'

const steps = (page: Page) => page.getByRole('treeitem')
const step = (page: Page, text: string) => steps(page).filter({ hasText: text })
const detail = (page: Page) => page.getByRole('complementary')

/** Rows whose name is cut, or whose time stands outside of what the row has for its words. */
function countUnreadable(rows: Element[]): number {
  return rows.filter((row) => {
    const [name, time] = [row.querySelector('.name')!, row.querySelector('.time')!]
    const end = row.getBoundingClientRect().right - Number.parseFloat(getComputedStyle(row).paddingRight)
    return name.scrollWidth > name.clientWidth || time.getBoundingClientRect().right > end + 1
  }).length
}

/** Labels that reach beyond what holds them, or are too narrow for their words. */
function countOutside(labels: Element[]): number {
  return labels.filter((label) => {
    const [own, around] = [label.getBoundingClientRect(), label.parentElement!.getBoundingClientRect()]
    return own.left < around.left || own.right > around.right || label.scrollWidth > label.clientWidth
  }).length
}

function leftEdges(elements: Element[]): number[] {
  return elements.map((element) => element.getBoundingClientRect().left)
}

function isDrawnWhole(picture: Element): boolean {
  return picture.querySelector('canvas')!.clientWidth === picture.clientWidth
}

describe('the page of a trace', () => {
  test('opens from the list, with its figures and all its steps as a tree', async ({ browser, server }) => {
    await sendTrace(server.url)
    const page = await browser.open(`${server.url}/traces`)
    await page.getByRole('link', { name: `answer-question ${question}` }).click()
    await page.getByRole('heading', { name: 'answer-question' }).waitFor()
    await page.getByText('finished with retries').waitFor()
    const head = page.locator('.trace-head')
    expect(await head.innerText()).toContain('4.00 s')
    expect(await head.innerText()).toContain('2 model · 2 tool')

    const rows = await steps(page).all()
    const levels = await Promise.all(rows.map((row) => row.getAttribute('aria-level')))
    expect(levels).toEqual(['1', '2', '2', '2', '2'])
    expect(await steps(page).nth(1).innerText()).toMatch(/→ find_order[\s\S]*gpt-5-mini[\s\S]*900 ms/)
    expect(await steps(page).nth(3).innerText()).toMatch(/find_order[\s\S]*↻2/)
    expect(await steps(page).nth(4).innerText()).toContain(`“${answer}”`)
    expect(await step(page, 'find_order').nth(2).getAttribute('aria-posinset')).toBe('3')
  })

  test('shows what a model saw and said, a tool with what it gave in one card', async ({ browser, server }) => {
    const page = await browser.open(await sendTrace(server.url))
    await step(page, answer).click()
    const panel = detail(page)
    await panel.getByRole('tab', { name: 'Conversation 4' }).waitFor()
    const messages = panel.locator('.message-view')
    expect(await messages.count()).toBe(3)
    expect(await messages.first().innerText()).toContain(question)
    const card = await panel.getByRole('region', { name: 'Call of find_order' }).innerText()
    expect(card).toMatch(/order[\s\S]*55-20417[\s\S]*on its way/)
    expect(await messages.last().innerText()).toContain(answer)
    expect(await panel.locator('.figures').innerText()).toMatch(/Duration\s+2\.80 s/)

    await panel.getByRole('tab', { name: 'Request' }).click()
    const call = panel.getByRole('group', { name: 'Call' })
    await call.getByText('"openai"').waitFor()
    expect(await call.innerText()).not.toMatch(/null|finish_reasons/)
  })

  test('shows the input, the output and the error of a tool, and JSON that opens by line', async ({
    browser,
    server,
  }) => {
    const page = await browser.open(await sendTrace(server.url))
    await page.getByRole('button', { name: '1', exact: true }).click()
    const panel = detail(page)
    await panel.getByText('the carrier does not answer').waitFor()
    const args = panel.getByRole('group', { name: 'Arguments' })
    expect(await args.innerText()).toContain('"55-20417"')
    const carrier = args.getByRole('button', { name: 'carrier { 1 key }' })
    expect(await carrier.getAttribute('aria-expanded')).toBe('true')
    await carrier.click()
    expect(await args.innerText()).not.toContain('"Post"')
  })

  test('keeps the step, the tab and the folds in the address', async ({ browser, server }) => {
    const page = await browser.open(await sendTrace(server.url))
    await step(page, answer).click()
    await detail(page).getByRole('tab', { name: 'Attributes' }).click()
    await detail(page).getByText('"shop-agent"').waitFor()
    const address = page.url()

    await page.reload()
    await detail(page).getByText('"shop-agent"').waitFor()
    expect(await page.getByRole('treeitem', { selected: true }).innerText()).toContain(answer)
    expect(page.url()).toBe(address)

    await page.keyboard.press('k')
    for (const key of ['h', 'h']) await page.keyboard.press(key)
    await expect.poll(() => steps(page).count()).toBe(1)
    expect(await steps(page).first().getAttribute('aria-expanded')).toBe('false')
    await page.reload()
    await steps(page).first().waitFor()
    expect(await steps(page).count()).toBe(1)
  })

  test('goes by keys from step to step, to what failed, and out', async ({ browser, server }) => {
    const address = await sendTrace(server.url)
    const page = await browser.open(address)
    const selected = page.getByRole('treeitem', { selected: true })
    await steps(page).first().waitFor()
    await page.keyboard.press('e')
    await selected.getByRole('img', { name: 'failed' }).waitFor()
    await page.keyboard.press(']')
    await selected.getByText(answer).waitFor()
    await page.keyboard.press('k')
    await selected.getByText('↻2').waitFor()
    expect(await page.getByRole('tree').getAttribute('aria-activedescendant')).toBe(await selected.getAttribute('id'))
    await page.keyboard.press('Escape')
    await expect.poll(() => page.url()).toBe(address)
    await page.keyboard.press('Escape')
    await expect.poll(() => new URL(page.url()).pathname).toBe('/traces')
  })

  test('takes in what a running trace does, without moving what one reads', async ({ browser, server }) => {
    const startMs = Date.now()
    const root = { id: sampleId(1, 16), name: 'live-agent', at: 0 }
    const early = Array.from({ length: 60 }, (_, place) => ({
      id: sampleId(100 + place, 16),
      parent: root.id,
      name: `step ${place}`,
      at: 1000 + place,
      for: 1,
    }))
    const address = await sendTrace(server.url, [root, ...early], startMs)
    const traceId = address.slice(-32)
    const page = await browser.open(address)
    await page.getByText('running', { exact: true }).waitFor()
    const scroller = page.locator('.span-tree .rows')
    await steps(page).first().waitFor()
    await scroller.evaluate((element) => element.scrollTo(0, 480))
    const placeOf = () => step(page, 'step 25').evaluate((element) => element.getBoundingClientRect().top)
    await step(page, 'step 25').waitFor()
    const before = await placeOf()

    const late = { id: sampleId(5, 16), parent: root.id, name: 'late step', at: 10, for: 5 }
    const last = { id: sampleId(6, 16), parent: root.id, name: 'last step', at: 3000, for: 5 }
    await sendSpans(server.url, traceId, startMs, [late, last])
    await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBe(504)
    expect(await placeOf()).toBe(before)

    await sendSpans(server.url, traceId, startMs, [{ ...root, for: 4000 }])
    await page.getByText('finished', { exact: true }).waitFor()
    await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight))
    await step(page, 'last step').waitFor()
  })

  test('opens a long text in place, and fetches the rest of one that was cut', async ({ browser, server }) => {
    const long = Array.from({ length: 40 }, (_, line) => `line ${line + 1}`).join('\n')
    const huge = `${'word '.repeat(30_000)}the very end`
    const { traces: sent } = await createClient({ baseUrl: server.url }).sendTraces({
      name: 'long',
      steps: [{ name: 'reader', type: 'chain', input: long, output: huge }],
    })
    const page = await browser.open(`${server.url}/traces/${sent[0]!.trace_id}`)
    await step(page, 'reader').click()
    const panel = detail(page)
    await panel.getByRole('button', { name: /^… 28 lines more, \d+ B$/ }).click()
    await panel.getByText('line 40').waitFor()

    await panel.getByText('Cut: the whole is 150 kB.').waitFor()
    await panel.getByRole('button', { name: 'Load all of it' }).click()
    await panel.getByText('Cut: the whole').waitFor({ state: 'hidden' })
    expect(await panel.innerText()).not.toContain('the very end')
    await panel.getByRole('button', { name: /kB more$/ }).click()
    expect(await panel.innerText()).toContain('the very end')
  })

  test('shows a trace of thousands of steps a screen at a time', async ({ browser, server }) => {
    const root = { id: sampleId(1, 16), name: 'crawl', at: 0, for: 9000 }
    const pages = Array.from({ length: 6000 }, (_, place) => ({
      id: sampleId(10 + place, 16),
      parent: root.id,
      name: `page ${place}`,
      at: place,
      for: 1,
    }))
    const page = await browser.open(await sendTrace(server.url, [root, ...pages]))
    await step(page, 'page 3').first().waitFor()
    await expect.poll(() => steps(page).nth(1).getAttribute('aria-setsize')).toBe('6000')
    expect(await steps(page).count()).toBeLessThan(120)
    await page.locator('.span-tree .rows').evaluate((element) => element.scrollTo(0, element.scrollHeight))
    await step(page, 'page 5999').waitFor()
  })

  test('says how long was waited inside the picture, by the same labels when that grows or shrinks', async ({
    browser,
    server,
  }) => {
    const turns = Array.from({ length: 5 }, (_, place) => ({
      id: sampleId(2 + place, 16),
      parent: sampleId(1, 16),
      name: `turn ${place}`,
      at: place * 90_000_000,
      for: 4_000_000,
    }))
    const waits = [{ id: sampleId(1, 16), name: 'long job', at: 0, for: 400_000_000 }, ...turns]
    const page = await browser.open(await sendTrace(server.url, waits))
    const labels = page.locator('.time-axis b')
    await labels.first().waitFor()
    const first = await labels.first().elementHandle()
    for (const width of [1024, 700, 1440]) {
      await page.setViewportSize({ width, height: 800 })
      await expect.poll(() => page.locator('.picture').evaluate(isDrawnWhole)).toBe(true)
      expect(await labels.count()).toBeGreaterThan(0)
      expect(await labels.evaluateAll(countOutside)).toBe(0)
      expect(await first.evaluate((label) => label.isConnected)).toBe(true)
    }
  })

  test('sets every level in, however narrow the tree is', async ({ browser, server }) => {
    const chain = Array.from({ length: 8 }, (_, place) => ({
      id: sampleId(1 + place, 16),
      ...(place > 0 && { parent: sampleId(place, 16) }),
      name: `step ${place}`,
      at: place,
      for: 400 - 2 * place,
    }))
    const page = await browser.open(await sendTrace(server.url, chain))
    for (const width of [1440, 1024, 640, 390]) {
      await page.setViewportSize({ width, height: 800 })
      await steps(page).nth(7).waitFor()
      const starts = await page.locator('.span-row .type-glyph').evaluateAll(leftEdges)
      expect(starts).toHaveLength(8)
      // The last cannot be folded: it stands right under its parent.
      for (const place of [1, 2, 3, 4, 5, 6]) expect(starts[place]! - starts[place - 1]!).toBeGreaterThanOrEqual(6)
      expect(starts[7]).toBeCloseTo(starts[6]!, 1)
    }
  })

  test('leaves a dozen letters of a name to be read however deep its step lies', async ({ browser, server }) => {
    const chain = Array.from({ length: 2000 }, (_, place) => ({
      id: sampleId(1 + place, 16),
      ...(place > 0 && { parent: sampleId(place, 16) }),
      name: `deep step ${String(place % 90).padStart(2, '0')}`,
      at: place,
      for: 4000 - 2 * place,
      error: 'it broke',
    }))
    const address = await sendTrace(server.url, chain)
    for (const [width, height] of [
      [1440, 900],
      [1024, 700],
      [640, 700],
      [390, 800],
    ] as const) {
      const page = await browser.open(address, { viewport: { width, height } })
      await steps(page).first().waitFor()
      await page.locator('.span-tree .rows').evaluate((element) => element.scrollTo(0, element.scrollHeight))
      await page.locator('[aria-level="2000"]').waitFor()
      expect(await page.locator('.span-row').evaluateAll(countUnreadable)).toBe(0)
    }
  })

  test('says what is wrong with an address', async ({ browser, server }) => {
    const page = await browser.open(`${server.url}/traces/${'f'.repeat(32)}`)
    const note = page.getByRole('alert')
    await note.waitFor()
    expect(await note.innerText()).toMatch(/Trace not found[\s\S]*TL_TRACE_NOT_FOUND/)
    browser.allowFaults(/404/)

    await page.goto(`${server.url}/traces/%E0%A4%A`)
    await page.getByRole('heading', { name: 'There is nothing at' }).waitFor()
  })
})
