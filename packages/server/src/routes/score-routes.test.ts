import type { ProjectId, TraceId } from '@tracellm/core'
import { scoreJson, scoreListJson } from '@tracellm/core/wire'
import { openMemoryStore } from '@tracellm/store/memory'
import { beforeAll, describe, expect, test } from 'vitest'
import { ask, sampleApp, sampleNowUs, sending } from '../sample-app.ts'
import { sampleSpanId, sampleTrace } from '../sample-trace.ts'

const traceId = 'a'.repeat(32) as TraceId
const store = openMemoryStore({ clock: () => sampleNowUs })
const app = sampleApp(store)
const post = (score: object) => ask(app, '/scores', sending('POST', score))
const helpful = { trace_id: traceId, name: 'helpful', value: 0.5, source: 'eval' }

beforeAll(async () => {
  await store.write({
    groups: [{ projectId: 'shop' as ProjectId, fixed: true, spans: sampleTrace(traceId), logEvents: [] }],
  })
})

describe('POST /scores', () => {
  test('makes a score, and says it with every key', async () => {
    const { status, body } = await post(helpful)
    expect(status).toBe(201)
    expect(scoreJson.parse(body)).toEqual(body)
    expect(body).toEqual({
      ...helpful,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      span_id: null,
      session_id: null,
      comment: null,
      created_at: '2024-02-03T12:00:00.000000Z',
    })
  })

  test('the same id again replaces it', async () => {
    await post({ ...helpful, id: 'mine', value: false })
    await post({ ...helpful, id: 'mine', value: 'good', comment: 'on second thought' })
    const { body } = await ask(app, `/scores?trace_id=${traceId}`)
    const mine = body.items.filter((score: { id: string }) => score.id === 'mine')
    expect(mine).toMatchObject([{ value: 'good', comment: 'on second thought' }])
  })

  test.each([
    ['a trace nobody knows', { ...helpful, trace_id: 'b'.repeat(32) }, 404, 'TL_TRACE_NOT_FOUND'],
    ['a span the trace does not have', { ...helpful, span_id: sampleSpanId(9) }, 404, 'TL_SPAN_NOT_FOUND'],
    ['no source', { ...helpful, source: undefined }, 400, 'TL_BAD_BODY'],
    ['a key nobody knows', { ...helpful, colour: 'red' }, 400, 'TL_BAD_BODY'],
  ])('%s is refused', async (_, score, expected, code) => {
    const { status, body } = await post(score)
    expect({ status, code: body.code }).toEqual({ status: expected, code })
  })

  test.each([
    ['text', { body: '{}', headers: { 'content-type': 'text/plain' } }, 415, 'TL_UNSUPPORTED_TYPE'],
    ['broken JSON', { body: '{', headers: { 'content-type': 'application/json' } }, 400, 'TL_BAD_BODY'],
    ['nothing', {}, 400, 'TL_BAD_BODY'],
    [
      'what is no text',
      { body: new Uint8Array([0xff]), headers: { 'content-type': 'application/json' } },
      400,
      'TL_BAD_BODY',
    ],
    ['more than a megabyte', sending('POST', 'x'.repeat(1_100_000)), 413, 'TL_BODY_TOO_LARGE'],
    ['something compressed', sending('POST', {}, { 'content-encoding': 'gzip' }), 415, 'TL_UNSUPPORTED_TYPE'],
  ])('%s is refused before it is looked at', async (_, init, expected, code) => {
    const { status, body } = await ask(app, '/scores', { method: 'POST', ...init })
    expect({ status, code: body.code }).toEqual({ status: expected, code })
  })
})

describe('GET /scores', () => {
  test('lists those of a trace, in pages', async () => {
    const { body } = await ask(app, `/scores?trace_id=${traceId}&limit=1`)
    expect(scoreListJson.parse(body)).toEqual(body)
    expect(body.items).toHaveLength(1)
    const next = await ask(app, `/scores?trace_id=${traceId}&cursor=${body.next_cursor}`)
    expect(next.body.items.map((score: { id: string }) => score.id)).not.toContain(body.items[0].id)
  })

  test('asks which trace', async () => {
    expect((await ask(app, '/scores')).body).toMatchObject({
      status: 400,
      errors: [{ path: 'trace_id', detail: 'missing' }],
    })
  })
})
