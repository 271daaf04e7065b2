import type { ProjectId, TraceId } from '@tracellm/core'
import { spanJson } from '@tracellm/core/wire'
import { openMemoryStore } from '@tracellm/store/memory'
import { beforeAll, describe, expect, test } from 'vitest'
import { ask, sampleApp, sampleNowUs, sending } from '../sample-app.ts'
import { sampleSpanId, sampleTrace } from '../sample-trace.ts'

const traceId = 'a'.repeat(32) as TraceId
const store = openMemoryStore({ clock: () => sampleNowUs })
const app = sampleApp(store)
const spanAt = (id: number, query = '') => ask(app, `/traces/${traceId}/spans/${sampleSpanId(id)}${query}`)

beforeAll(async () => {
  await store.write({
    groups: [{ projectId: 'shop' as ProjectId, fixed: true, spans: sampleTrace(traceId), logEvents: [] }],
  })
})

describe('GET /traces/{trace_id}/spans/{span_id}', () => {
  test.each([1, 2, 3, 4])('span %i is as the contract has it', async (id) => {
    const { body } = await spanAt(id)
    expect(spanJson.parse(body)).toEqual(body)
  })

  test('a model call has its messages, tools, usage and cost', async () => {
    const { body } = await spanAt(2)
    expect(body).toMatchObject({
      trace_id: traceId,
      project_id: 'shop',
      kind: 'client',
      provider: 'openai',
      started_at: '2024-02-03T11:00:00.001000Z',
      ended_at: '2024-02-03T11:00:00.801250Z',
      params: { temperature: 0 },
      usage: { input_tokens: 120, output_tokens: 30, cache_read_tokens: 100, cache_write_tokens: null },
      cost: { usd: 0.0006, source: 'reported', priced_usd: null, price: null },
      finish_reasons: ['tool_calls'],
      tools: { definitions: [{ type: 'function', name: 'track', parameters: { type: 'object' } }] },
      resource: { attributes: { 'service.name': 'shop' } },
      scope: { name: 'sample', version: '1' },
    })
    expect(body.messages).toHaveLength(3)
    expect(body.messages[2].parts[1]).toEqual({ type: 'toolCall', id: 'call-1', name: 'track', args: { id: 7 } })
  })

  test('a tool that failed has arguments, error, attributes and events', async () => {
    const { body } = await spanAt(3)
    expect(body).toMatchObject({
      input: { id: 7 },
      output: null,
      error: 'no answer from the carrier',
      error_type: 'TimeoutError',
      tool: { name: 'track', call_id: 'call-1', kind: 'function', description: null },
      attributes: { 'http.response.status_code': 504 },
      events: [{ name: 'exception', time: '2024-02-03T11:00:00.900000Z' }],
    })
  })

  test('a retriever has its passages, and a span its links', async () => {
    const { body } = await spanAt(4)
    expect(body.retrieval).toMatchObject({ query: 'parcel', top_k: 2, documents: [{ id: 'a' }] })
    expect(body.links).toEqual([
      { trace_id: 'f'.repeat(32), span_id: 'f'.repeat(16), trace_state: null, attributes: { why: 'cause' } },
    ])
  })

  test('has the scores of the span', async () => {
    const score = { trace_id: traceId, span_id: sampleSpanId(4), name: 'relevant', value: true, source: 'human' }
    await ask(app, '/scores', sending('POST', score))
    expect((await spanAt(4)).body.scores).toMatchObject([{ name: 'relevant', value: true }])
    expect((await spanAt(3)).body.scores).toEqual([])
  })

  test('cuts bodies to the limit, and says what it cut', async () => {
    const { body } = await spanAt(2, '?body_limit=65')
    expect(body.truncated.map((cut: { field: string }) => cut.field)).toEqual(['messages[1]', 'messages[2]', 'tools'])
    expect(body.messages[0].parts).toEqual([{ type: 'text', text: 'Be brief.' }])
  })

  test.each([
    [`/traces/${traceId}/spans/${sampleSpanId(9)}`, 404, 'TL_SPAN_NOT_FOUND'],
    [`/traces/${traceId}/spans/xyz`, 400, 'TL_BAD_PARAMETER'],
    [`/traces/${'b'.repeat(32)}/spans/${sampleSpanId(1)}`, 404, 'TL_TRACE_NOT_FOUND'],
    [`/traces/${traceId}/spans/${sampleSpanId(1)}?body_limit=0`, 400, 'TL_BAD_PARAMETER'],
  ])('%s is %i %s', async (path, expected, code) => {
    const { status, body } = await ask(app, path)
    expect({ status, code: body.code }).toEqual({ status: expected, code })
  })
})

describe('GET /traces/{trace_id}/bodies/{body}', () => {
  test('is the whole body, or the part asked for', async () => {
    const { body } = await spanAt(2)
    const path = `/traces/${traceId}/bodies/${encodeURIComponent(body.tools.body)}`
    const whole = await app.request(path)
    expect(whole.headers.get('accept-ranges')).toBe('bytes')
    const text = await whole.text()
    expect(JSON.parse(text)).toEqual(body.tools.definitions)
    const part = await app.request(path, { headers: { range: 'bytes=2-9' } })
    expect(part.status).toBe(206)
    expect(await part.text()).toBe(text.slice(2, 10))
  })

  test('a body that the trace does not have is 404', async () => {
    const { status, body } = await ask(app, `/traces/${traceId}/bodies/nothing`)
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'TL_BODY_NOT_FOUND' })
  })
})
