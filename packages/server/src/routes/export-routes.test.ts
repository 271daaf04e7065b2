import { gunzipSync } from 'node:zlib'
import type { ProjectId, Span, TraceId } from '@tracellm/core'
import { mapSpan } from '@tracellm/core/mapping'
import { readSpansJson } from '@tracellm/core/otlp'
import { traceExportJson } from '@tracellm/core/wire'
import { openMemoryStore } from '@tracellm/store/memory'
import { beforeAll, describe, expect, test } from 'vitest'
import { ask, sampleApp, sampleNowUs } from '../sample-app.ts'
import { sampleSpanId, sampleTrace } from '../sample-trace.ts'

const traceId = 'a'.repeat(32) as TraceId
const largeId = 'b'.repeat(32) as TraceId
const store = openMemoryStore({ clock: () => sampleNowUs })
const app = sampleApp(store)
const exported = (format: string, id = traceId) => app.request(`/traces/${id}/export?format=${format}`)

async function readOtlp(id: TraceId): Promise<Span[]> {
  const { spans } = readSpansJson(new Uint8Array(await (await exported('otlp', id)).arrayBuffer()))
  return spans.map((span) => mapSpan(span, { receivedUs: 0 }))
}

/** What of a span OTLP can tell exactly. */
function told({ spanId, parentId, name, type, startUs, endUs, call, input }: Span) {
  return { spanId, parentId, name, type, startUs, endUs, usage: call?.usage, input }
}

beforeAll(async () => {
  const [root] = sampleTrace(largeId)
  const many = Array.from({ length: 1200 }, (_, index) => ({ ...root!, spanId: sampleSpanId(index + 1) }))
  for (const spans of [sampleTrace(traceId), many]) {
    await store.write({ groups: [{ projectId: 'shop' as ProjectId, fixed: true, spans, logEvents: [] }] })
  }
})

describe('GET /traces/{trace_id}/export', () => {
  test('as JSON: the trace and every span, nothing cut', async () => {
    const { headers, body } = await ask(app, `/traces/${traceId}/export`)
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('content-disposition')).toBe(`attachment; filename="trace-${traceId}.json"`)
    expect(traceExportJson.parse(body)).toEqual(body)
    expect(body.spans.map((span: { step_id: string }) => span.step_id)).toEqual([1, 2, 3, 4].map(sampleSpanId))
  })

  test('as OTLP: what another receiver maps back to the same spans', async () => {
    const spans = await readOtlp(traceId)
    expect(spans.map(told)).toEqual(sampleTrace(traceId).map(told))
  })

  test('as Markdown: readable, and nothing of it means anything to Markdown', async () => {
    const response = await exported('markdown')
    expect(response.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    const text = await response.text()
    expect(text).toContain('# support\n')
    expect(text).toContain('- **Took:** 2.50 s')
    expect(text).toContain('### 2. llm: chat gpt-4o, gpt-4o-2024-08-06')
    expect(text).toContain('In, user:\n\n```\nWhere is my parcel?\n```')
    expect(text).toContain('→ track({"id":7})')
    expect(text).toContain('Failed:\n\n```\nno answer from the carrier\n```')
  })

  test('as Markdown: tokens and a cost for calls alone, and none for those that told of none', async () => {
    const [root, call] = sampleTrace(traceId)
    const { usage: _, cost: __, ...untold } = call!.call!
    const traces: [string, Span[]][] = [
      ['d', [root!]],
      ['e', [root!, { ...call!, status: 'error', call: untold }]],
      ['f', [root!, { ...call!, call: untold }]],
    ]
    const figures = traces.map(async ([letter, given]) => {
      const id = letter.repeat(32) as TraceId
      const spans = given.map((span) => ({ ...span, traceId: id }))
      await store.write({ groups: [{ projectId: 'shop' as ProjectId, fixed: true, spans, logEvents: [] }] })
      const text = await (await exported('markdown', id)).text()
      return ['Tokens', 'Cost'].map((name) => text.split(`**${name}:** `)[1]?.split('\n')[0])
    })
    expect(await Promise.all(figures)).toEqual([
      [undefined, undefined],
      ['–', '–'],
      ['–', '?'],
    ])
  })

  test('a fence in a text does not end the block it stands in', async () => {
    const [root] = sampleTrace('c'.repeat(32) as TraceId)
    const input = { form: 'value' as const, value: 'see:\n````js\n1\n````' }
    await store.write({
      groups: [{ projectId: 'shop' as ProjectId, fixed: true, spans: [{ ...root!, input }], logEvents: [] }],
    })
    expect(await (await exported('markdown', 'c'.repeat(32) as TraceId)).text()).toContain(
      '`````\nsee:\n````js\n1\n````\n`````',
    )
  })

  test('goes through traces of many pages', async () => {
    const { body } = await ask(app, `/traces/${largeId}/export?format=json`)
    expect(new Set(body.spans.map((span: { step_id: string }) => span.step_id)).size).toBe(1200)
    expect(await readOtlp(largeId)).toHaveLength(1200)
  })

  test('is compressed for those who can read it', async () => {
    const path = `/traces/${traceId}/export?format=markdown`
    const response = await app.request(path, { headers: { 'accept-encoding': 'gzip' } })
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(gunzipSync(await response.arrayBuffer()).toString()).toContain('# support')
  })

  test('an unknown trace is 404 and an unknown form is 400', async () => {
    expect((await ask(app, `/traces/${'0'.repeat(31)}1/export`)).status).toBe(404)
    expect((await ask(app, `/traces/${traceId}/export?format=xml`)).status).toBe(400)
  })
})
