import { createClient } from '@tracellm/client'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { answer, sampleId, sendTrace } from './agent-trace.ts'
import { test } from './browser-test.ts'

const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
const [light, dark] = ['rgb(250, 250, 248)', 'rgb(14, 15, 17)']

/** Where a text begins, and what holds it. */
function firstLetter(element: Element) {
  const range = document.createRange()
  range.setStart(element.firstChild!, 0)
  range.setEnd(element.firstChild!, 1)
  return { letter: range.getBoundingClientRect().toJSON(), box: element.getBoundingClientRect().toJSON() }
}

describe('the dashboard', () => {
  test('has the colours of the system, or those that were chosen', async ({ browser, server }) => {
    await sendTrace(server.url)
    const page = await browser.open(`${server.url}/traces`, { colorScheme: 'dark' })
    await page.getByRole('row').nth(1).waitFor()
    expect(await background(page)).toBe(dark)
    await page.emulateMedia({ colorScheme: 'light' })
    await expect.poll(() => background(page)).toBe(light)

    await page.getByRole('button', { name: 'System colours' }).click()
    await page.getByRole('button', { name: 'Light colours' }).click()
    expect(await background(page)).toBe(dark)
    await page.reload()
    expect(await background(page)).toBe(dark)
  })

  test('fits 400 px: one column, and a step lies over the tree', async ({ browser, server }) => {
    await sendTrace(server.url)
    const page = await browser.open(`${server.url}/traces`, {
      viewport: { width: 400, height: 800 },
      hasTouch: true,
      isMobile: true,
    })
    const isTooWide = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    await page.getByRole('row').getByRole('link').first().tap()
    const tree = page.getByRole('tree')
    await tree.waitFor()
    expect(await isTooWide()).toBe(false)
    expect((await page.getByRole('treeitem').first().boundingBox())!.height).toBeGreaterThanOrEqual(44)

    await page.getByRole('treeitem').filter({ hasText: answer }).tap()
    await page.getByRole('tab', { name: /^Conversation/ }).waitFor()
    expect(await tree.isVisible()).toBe(false)
    expect(await isTooWide()).toBe(false)
    await page.getByRole('button', { name: 'Close' }).tap()
    await tree.waitFor()
  })

  test('shows what was asked and answered at any width, over the tree where there is no room beside it', async ({
    browser,
    server,
  }) => {
    const address = await sendTrace(server.url)
    for (const width of [390, 768]) {
      const page = await browser.open(address, { viewport: { width, height: 800 } })
      const asked = page.getByRole('heading', { name: 'Asked' })
      await page.getByRole('button', { name: 'Summary' }).click()
      await asked.waitFor()
      expect(await page.getByRole('tree').isVisible()).toBe(false)
      await page.reload()
      await asked.waitFor()
      await page.getByRole('button', { name: 'Steps' }).click()
      await page.getByRole('tree').waitFor()
      await page.getByRole('button', { name: 'Summary' }).click()
      await page.getByRole('button', { name: 'the carrier does not answer' }).click()
      await page.getByRole('button', { name: 'Close' }).click()
      await page.getByRole('tree').waitFor()
    }
    const wide = await browser.open(address, { viewport: { width: 1024, height: 800 } })
    await wide.getByRole('heading', { name: 'Asked' }).waitFor()
    expect(await wide.getByRole('button', { name: 'Summary' }).isVisible()).toBe(false)
  })

  test('cuts no figure of a list, whatever its width', async ({ browser, ownServer: server }) => {
    const hoursMs = 3_600_000
    const traces = [-23_990, 12, 23_990].map((hours) => ({
      name: `${hours} hours`,
      prompt: 'x',
      latency: 23.99 * hoursMs,
      started_at: new Date(Date.now() - hours * hoursMs).toISOString(),
      steps: [{ name: 'ask', type: 'llm' as const, model_name: 'gpt-4o', input_tokens: 99_900_000, output_tokens: 9 }],
    }))
    await createClient({ baseUrl: server.url }).sendTraces({ traces })
    const page = await browser.open(`${server.url}/traces`)
    await page.getByRole('row').nth(3).waitFor()
    const cutCells = () =>
      page
        .locator('.trace-row:not(.heads) > :is(.time, .tokens, .cost, .spans, .age)')
        .evaluateAll((cells) =>
          cells
            .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
            .map(({ textContent }) => textContent),
        )
    for (const width of [390, 768, 1024, 1440]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await cutCells()).toEqual([])
    }
  })

  test('shows every term of a filter, on as many lines as they take', async ({ browser, server }) => {
    const filter = {
      status: 'success',
      model: 'gpt-5-mini',
      session_id: 's-1',
      user_id: 'user-42',
      environment: 'test',
    }
    const page = await browser.open(`${server.url}/traces?${new URLSearchParams(filter)}`, {
      viewport: { width: 400, height: 800 },
    })
    await page.getByText('No trace matches').waitFor()
    const terms = page.locator('.filter-line .term')
    expect(await terms.allInnerTexts()).toHaveLength(5)
    const cut = await terms.evaluateAll((all) => all.filter((term) => term.scrollWidth > term.clientWidth).length)
    expect(cut).toBe(0)
    await page.getByRole('combobox').click()
    const [list, line] = [page.getByRole('listbox'), page.locator('.filter-line')]
    const lineBox = (await line.boundingBox())!
    expect((await list.boundingBox())!.y).toBeGreaterThanOrEqual(lineBox.y + lineBox.height)
  })

  test('shows stored text as text, whatever it holds', async ({ browser, server }) => {
    const hostile = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>'
    const { traces } = await createClient({ baseUrl: server.url }).sendTraces({
      name: hostile,
      prompt: hostile,
      response: hostile,
      session_id: hostile,
      tags: [hostile],
      metadata: { [hostile]: hostile },
      steps: [{ tool_name: hostile, type: 'tool', input: { [hostile]: hostile }, output: hostile, error: hostile }],
    })
    const page = await browser.open(`${server.url}/traces`)
    const link = page.getByRole('link', { name: hostile })
    expect(await link.innerText()).toContain(hostile)
    await link.click()
    await page.getByRole('treeitem').nth(1).click()
    await page.getByRole('complementary').getByText(hostile).first().waitFor()
    await page.getByRole('tab', { name: 'Attributes' }).click()
    expect(await page.locator('#root img, #root script').count()).toBe(0)
    expect(await page.title()).toBe(`${hostile} · TraceLLM`)
    expect(traces).toHaveLength(1)
  })

  test('shows the start of what is written from right to left, in a line and in a message', async ({
    browser,
    server,
  }) => {
    const prompt = `${'ما هي حالة الطلب؟ '.repeat(30)}متى سيصل.`
    const { traces } = await createClient({ baseUrl: server.url }).sendTraces({
      name: 'بحث',
      prompt,
      response: 'غدا.',
    })
    const page = await browser.open(`${server.url}/traces`)
    const line = page.getByRole('link', { name: 'بحث' }).locator('.cut').last()
    await line.waitFor()
    const { letter, box } = await line.evaluate(firstLetter)
    expect(letter.left).toBeGreaterThan(box.left)
    expect(letter.right).toBeLessThanOrEqual(box.right + 1)

    await page.goto(`${server.url}/traces/${traces[0]!.trace_id}`)
    const text = page.getByRole('complementary').locator('.long-text').last()
    await text.waitFor()
    const answered = await text.evaluate(firstLetter)
    expect(answered.letter.right).toBeCloseTo(answered.box.right, -1)
  })

  test('shows pictures that were sent along, and only links to those that lie elsewhere', async ({
    browser,
    server,
  }) => {
    const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    const parts = [
      { type: 'blob', modality: 'image', mime_type: 'image/png', content: picture },
      { type: 'uri', modality: 'image', mime_type: 'image/png', uri: 'http://127.0.0.1:9/elsewhere.png' },
      { type: 'uri', modality: 'image', mime_type: 'image/png', uri: 'javascript:alert(1)' },
    ]
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-5-mini',
      'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts }]),
    }
    const id = sampleId(1, 16)
    const address = await sendTrace(server.url, [{ id, name: 'look', at: 0, for: 10, attributes }])
    const page = await browser.open(`${address}?span=${id}`)
    const image = page.getByRole('complementary').locator('img')
    await image.waitFor()
    expect(await image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(1)
    const links = await page.locator('.media-view a').evaluateAll((all) => all.map((one) => one.getAttribute('href')))
    expect(links).toEqual(['http://127.0.0.1:9/elsewhere.png'])
  })

  test('runs under a policy that lets nothing in from elsewhere', async ({ browser, server }) => {
    const address = await sendTrace(server.url)
    const answered = await fetch(address, { headers: { accept: 'text/html' } })
    const policy = answered.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("style-src 'self'")
    expect(policy).not.toContain('unsafe')
    const page = await browser.open(`${address}?span=${sampleId(5, 16)}`)
    await page.getByRole('tab', { name: /^Conversation/ }).waitFor()
  })
})
