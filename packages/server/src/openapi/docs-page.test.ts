import { createHash } from 'node:crypto'
import { errorTable } from '@tracellm/core'
import type { TraceStore } from '@tracellm/store'
import { beforeAll, describe, expect, test } from 'vitest'
import { routeTable } from '../routes/route-table.ts'
import { sampleApp, sampleParts } from '../sample-app.ts'
import { escapeHtml } from './escape-html.ts'
import { schemaHtml } from './schema-html.ts'

const noStore = {} as TraceStore

describe('GET /docs', () => {
  let page: Response
  let html: string
  beforeAll(async () => {
    page = await sampleApp(noStore).request('/docs')
    html = await page.text()
  })

  test('shows every route and every error', () => {
    const documented = routeTable(sampleParts(noStore)).filter(({ undocumented }) => undocumented !== true)
    for (const { path } of documented) expect(html).toContain(`<code>${path}</code>`)
    for (const code of Object.keys(errorTable)) expect(html).toContain(`id="${code}"`)
  })

  test('loads nothing', () => {
    expect(html).not.toMatch(/\s(src|action)=/)
    expect(html).not.toMatch(/<(link|img|iframe|object|form)\b/)
    expect(html).not.toMatch(/https?:\/\//)
  })

  test('runs its own script and no other', () => {
    const policy = page.headers.get('content-security-policy')
    const [, script = ''] = /<script>([\s\S]*)<\/script>/.exec(html) ?? []
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(html) ?? []
    for (const text of [script, style]) {
      expect(text.length).toBeGreaterThan(100)
      expect(policy).toContain(`'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    }
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(html).not.toMatch(/\s(on\w+|style)="/)
  })

  test('every link within the page leads somewhere', () => {
    const targets = Array.from(html.matchAll(/href="#([^"]+)"/g), ([, target]) => target)
    const ids = new Set(Array.from(html.matchAll(/\sid="([^"]+)"/g), ([, id]) => id))
    expect(targets.filter((target) => !ids.has(target))).toEqual([])
  })
})

describe('schemaHtml', () => {
  test.each([
    [{ type: 'string' as const }, 'string'],
    [{ type: 'integer' as const, minimum: 1, maximum: 200 }, 'integer, 1 to 200'],
    [{ $ref: '#/components/schemas/Step' }, '<a href="#Step">Step</a>'],
    [{ enum: ['a', '<b>'] }, '<code>&quot;a&quot;</code> <code>&quot;&lt;b&gt;&quot;</code>'],
    [{ anyOf: [{ type: 'number' as const }, { type: 'null' as const }] }, 'number or null'],
    [{ type: 'array' as const, items: { type: 'boolean' as const } }, 'list of boolean'],
    [{}, 'anything'],
  ])('%j', (schema, html) => expect(schemaHtml(schema)).toBe(`<span class="value">${html}</span>`))

  test('an object is its fields', () => {
    const schema = { type: 'object' as const, properties: { a: { type: 'string' as const } }, required: [] }
    expect(schemaHtml(schema)).toContain('<code>a</code> <i>optional</i>')
  })
})

describe('escapeHtml', () => {
  test('leaves no character a meaning', () => {
    expect(escapeHtml(`<a href="x" on='y'>&`)).toBe('&lt;a href=&quot;x&quot; on=&#39;y&#39;&gt;&amp;')
  })
})
