import type { ProjectId, Span, TraceId } from '@tracellm/core'
import { skeletonJson, stepListJson, traceDetailJson, tracePageJson } from '@tracellm/core/wire'
import { openMemoryStore } from '@tracellm/store/memory'
import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { ask, sampleApp, sampleNowUs } from '../sample-app.ts'
import { sampleSpanId, sampleStartUs, sampleTrace } from '../sample-trace.ts'

const shop = 'shop' as ProjectId
const bank = 'bank' as ProjectId
const idOf = (letter: string) => letter.repeat(32) as TraceId
const store = openMemoryStore({ clock: () => sampleNowUs })
const app: Hono = sampleApp(store)

async function write(projectId: ProjectId, spans: Span[]) {
  await store.write({ groups: [{ projectId, fixed: true, spans, logEvents: [] }] })
}

beforeAll(async () => {
  await write(shop, sampleTrace(idOf('a')))
  // The second trace starts a minute later, is of another user, and does not end.
  const later = sampleTrace(idOf('b'), { context: { sessionId: 'session-2', userId: 'otto', environment: 'test' } })
  await write(
    shop,
    later.map((span) => ({ ...span, startUs: span.startUs + 60_000_000, endUs: undefined })),
  )
  await write(bank, sampleTrace(idOf('c')))
  await write(shop, sampleTrace(idOf('d')))
  await write(bank, sampleTrace(idOf('d')))
})

const idsAt = async (query: string) => {
  const { body } = await ask(app, `/traces${query}`)
  return body.items.map((trace: { trace_id: string }) => trace.trace_id[0])
}

describe('GET /traces', () => {
  test('lists traces as the contract has them, newest first', async () => {
    const { body } = await ask(app, '/traces')
    expect(tracePageJson.parse(body)).toEqual(body)
    expect(body).toMatchObject({ total: 5, total_is_exact: true, next_cursor: null })
    expect(body.items.at(-1)).toMatchObject({
      trace_id: idOf('a'),
      project_id: 'shop',
      environment: 'prod',
      name: 'support',
      status: 'warning',
      prompt: 'Where is my parcel?',
      response: 'It is on its way.',
      latency: 2500.5,
      started_at: '2024-02-03T11:00:00.000000Z',
      token_count: 150,
      cost_usd: 0.0006,
      cost_is_partial: false,
      session_id: 'session-1',
      tags: ['beta'],
      service: 'shop',
    })
  })

  test.each([
    ['?project_id=shop', ['b', 'd', 'a']],
    ['?project_id=bank', ['d', 'c']],
    ['?environment=test', ['b']],
    ['?status=running', ['b']],
    ['?status=warning&project_id=bank', ['d', 'c']],
    ['?user_id=otto', ['b']],
    ['?session_id=session-1&project_id=shop', ['d', 'a']],
    ['?model=gpt-4o-2024-08-06&project_id=shop', ['b', 'd', 'a']],
    ['?model=gpt-5', []],
    ['?latency_min=2500.5&project_id=bank', ['d', 'c']],
    ['?latency_min=2500.6', []],
    ['?latency_max=2500.4', []],
    ['?token_min=150&token_max=150&project_id=bank', ['d', 'c']],
    ['?token_min=151', []],
    ['?from=2024-02-03T11:01:00Z', ['b']],
    ['?to=2024-02-03T11:01:00Z&project_id=bank', ['d', 'c']],
    ['?from=2024-02-03T12:01:00%2B01:00', ['b']],
  ])('finds by %s', async (query, ids) => expect(await idsAt(query)).toEqual(ids))

  test('pages through all of them once', async () => {
    const seen: string[] = []
    let cursor = ''
    for (;;) {
      const { body } = await ask(app, `/traces?limit=2${cursor}`)
      seen.push(
        ...body.items.map(
          (trace: { trace_id: string; project_id: string }) => trace.trace_id[0]! + trace.project_id[0]!,
        ),
      )
      if (body.next_cursor === null) break
      cursor = `&cursor=${encodeURIComponent(body.next_cursor)}`
    }
    expect(seen.toSorted()).toEqual(['as', 'bs', 'cb', 'db', 'ds'])
  })

  test('cuts long texts to 500 characters, the ellipsis included', async () => {
    const long = '😀'.repeat(600)
    const [root] = sampleTrace(idOf('e'))
    await write('long' as ProjectId, [{ ...root!, input: { form: 'value', value: long } }])
    const { body } = await ask(app, '/traces?project_id=long')
    expect([...body.items[0].prompt]).toHaveLength(500)
    expect(body.items[0].prompt.endsWith('😀…')).toBe(true)
    const detail = await ask(app, `/traces/${idOf('e')}`)
    expect(detail.body.prompt).toBe(long)
    await store.deleteTrace({}, idOf('e'))
  })

  test.each([
    ['q=status:failed', 'TL_NOT_YET', 'q'],
    ['status=bad', 'TL_BAD_PARAMETER', 'status'],
    ['limit=201', 'TL_BAD_PARAMETER', 'limit'],
    ['from=yesterday', 'TL_BAD_PARAMETER', 'from'],
    ['from=2024-02-03&to=2024-02-03', 'TL_BAD_PARAMETER', 'to'],
    ['latency_min=fast', 'TL_BAD_PARAMETER', 'latency_min'],
    ['page=2', 'TL_BAD_PARAMETER', 'page'],
  ])('%s is %s, and names the field', async (query, code, path) => {
    const { status, body } = await ask(app, `/traces?${query}`)
    expect({ status, code: body.code, path: body.errors[0].path }).toEqual({ status: 400, code, path })
  })

  test.each([
    ['cursor=nonsense', 400, 'TL_BAD_CURSOR'],
    ['project_id=nowhere', 404, 'TL_PROJECT_NOT_FOUND'],
  ])('%s is %i %s', async (query, expected, code) => {
    const { status, body } = await ask(app, `/traces?${query}`)
    expect({ status, code: body.code }).toEqual({ status: expected, code })
  })
})

describe('GET /traces/{trace_id}', () => {
  test('is the trace with its steps, and what the list does not show', async () => {
    const { body } = await ask(app, `/traces/${idOf('a')}`)
    expect(traceDetailJson.parse(body)).toEqual(body)
    expect(body).toMatchObject({
      metadata: { tenant: 'acme' },
      resource: { attributes: { 'service.name': 'shop' }, schema_url: null },
      active_ms: 950.25,
      next_cursor: null,
    })
    expect(body.steps[1]).toEqual({
      step_id: sampleSpanId(2),
      parent_id: sampleSpanId(1),
      name: 'chat gpt-4o',
      summary: body.steps[1].summary,
      type: 'llm',
      model_name: 'gpt-4o-2024-08-06',
      tool_name: null,
      offset: 1,
      duration: 800.25,
      success: true,
      status: 'unset',
      error: null,
      attempt: 1,
      input_tokens: 120,
      output_tokens: 30,
      cache_read_tokens: 100,
      cache_write_tokens: null,
      reasoning_tokens: 5,
      cost_usd: 0.0006,
      ttft: 250,
    })
    expect(body.steps[2]).toMatchObject({ success: false, status: 'error', error: 'no answer from the carrier' })
  })

  test('steps come in pages', async () => {
    const first = await ask(app, `/traces/${idOf('a')}?limit=3`)
    const second = await ask(app, `/traces/${idOf('a')}?limit=3&cursor=${encodeURIComponent(first.body.next_cursor)}`)
    const ids = [...first.body.steps, ...second.body.steps].map((step: { step_id: string }) => step.step_id)
    expect(ids).toEqual([1, 2, 3, 4].map(sampleSpanId))
    expect(second.body.next_cursor).toBeNull()
  })

  test('with bodies, every step has what went in and came out', async () => {
    const { body } = await ask(app, `/traces/${idOf('a')}?include=bodies`)
    expect(traceDetailJson.parse(body)).toEqual(body)
    expect(body.steps[0]).toMatchObject({
      input: { question: 'Where is my parcel?' },
      output: 'It is on its way.',
      messages: [],
    })
    expect(body.steps[1]).toMatchObject({ input: 'Where is my parcel?', truncated: [] })
    expect(
      body.steps[1].messages.map((message: { direction: string; role: string }) => [message.direction, message.role]),
    ).toEqual([
      ['input', 'system'],
      ['input', 'user'],
      ['output', 'assistant'],
    ])
    expect(body.steps[3]).toMatchObject({ input: 'parcel', output: null })
  })

  test('cuts bodies to the limit asked for, and says where the whole is', async () => {
    const { body } = await ask(app, `/traces/${idOf('a')}?include=bodies&body_limit=20`)
    const [cut] = body.steps[0].truncated
    expect(cut).toEqual({ field: 'input', bytes: 34, body: expect.any(String) })
    expect(body.steps[0].input.question).toMatch(/…$/)
    const whole = await ask(app, `/traces/${idOf('a')}/bodies/${encodeURIComponent(cut.body)}`)
    expect(whole.body).toEqual({ question: 'Where is my parcel?' })
  })

  test('a step that runs has neither an end nor a success', async () => {
    const { body } = await ask(app, `/traces/${idOf('b')}`)
    expect(body).toMatchObject({ status: 'running', latency: null })
    expect(body.steps[0]).toMatchObject({ duration: null, success: null })
    expect(body.steps[2]).toMatchObject({ duration: null, success: false })
  })

  test('an id of two projects asks which', async () => {
    const { status, body } = await ask(app, `/traces/${idOf('d')}`)
    expect({ status, code: body.code, projects: body.project_ids.toSorted() }).toEqual({
      status: 409,
      code: 'TL_TRACE_AMBIGUOUS',
      projects: ['bank', 'shop'],
    })
    expect((await ask(app, `/traces/${idOf('d')}?project_id=bank`)).body.project_id).toBe('bank')
  })

  test.each([
    ['/traces/xyz', 400, 'TL_BAD_PARAMETER'],
    [`/traces/${idOf('A')}`, 400, 'TL_BAD_PARAMETER'],
    [`/traces/${idOf('f')}`, 404, 'TL_TRACE_NOT_FOUND'],
    [`/traces/${idOf('a')}?project_id=bank`, 404, 'TL_TRACE_NOT_FOUND'],
    [`/traces/${idOf('a')}?include=everything`, 400, 'TL_BAD_PARAMETER'],
    [`/traces/${idOf('a')}?cursor=x`, 400, 'TL_BAD_CURSOR'],
  ])('%s is %i %s', async (path, expected, code) => {
    const { status, body } = await ask(app, path)
    expect({ status, code: body.code }).toEqual({ status: expected, code })
  })
})

describe('GET /traces/{trace_id}/skeleton', () => {
  test('is every span as columns', async () => {
    const { body } = await ask(app, `/traces/${idOf('a')}/skeleton`)
    expect(skeletonJson.parse(body)).toEqual(body)
    expect(body).toMatchObject({
      count: 4,
      step_id: [1, 2, 3, 4].map(sampleSpanId),
      parent: [-1, 0, 0, 0],
      type: ['agent', 'llm', 'tool', 'retriever'],
      offset: [0, 1, 802, 903],
      duration: [2500.5, 800.25, 100, 50],
      tokens: [null, 150, null, null],
      cost_usd: [null, 0.0006, null, null],
    })
    expect(body.name.map((index: number) => body.names[index])).toEqual(['support', 'chat gpt-4o', 'track', 'search'])
  })

  test('leaves out a column that says nothing', async () => {
    const { body } = await ask(app, `/traces/${idOf('b')}/skeleton`)
    expect(body).not.toHaveProperty('duration')
  })
})

describe('GET /traces/{trace_id}/steps', () => {
  test('gives the steps named, in start order', async () => {
    const ids = [sampleSpanId(3), sampleSpanId(9), sampleSpanId(1)].join(',')
    const { body } = await ask(app, `/traces/${idOf('a')}/steps?ids=${ids}`)
    expect(stepListJson.parse(body)).toEqual(body)
    expect(body.items.map((step: { name: string; offset: number }) => [step.name, step.offset])).toEqual([
      ['support', 0],
      ['track', 802],
    ])
  })

  test.each([
    '',
    '?ids=',
    '?ids=x',
    `?ids=${Array.from({ length: 501 }, (_, index) => sampleSpanId(index + 1)).join(',')}`,
  ])('asks for one to 500 ids: %#', async (query) => {
    const { status, body } = await ask(app, `/traces/${idOf('a')}/steps${query}`)
    expect({ status, path: body.errors[0].path.slice(0, 3) }).toEqual({ status: 400, path: 'ids' })
  })
})

describe('DELETE /traces/{trace_id}', () => {
  test('deletes the trace named and no other', async () => {
    await write(shop, sampleTrace(idOf('9'), { startUs: sampleStartUs - 1_000_000, endUs: sampleStartUs }))
    const { status, body } = await ask(app, `/traces/${idOf('9')}`, { method: 'DELETE' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ deleted_spans: 4, freed_bytes: expect.any(Number) })
    expect((await ask(app, `/traces/${idOf('9')}`)).status).toBe(404)
    expect((await ask(app, `/traces/${idOf('a')}`)).status).toBe(200)
    expect((await ask(app, `/traces/${idOf('9')}`, { method: 'DELETE' })).body.code).toBe('TL_TRACE_NOT_FOUND')
  })
})
