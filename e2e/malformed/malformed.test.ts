import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTracellm, type RunningTracellm } from '../start-tracellm.ts'
import {
  compressed,
  cutProtobuf,
  deepAttribute,
  freshId,
  json,
  protobuf,
  requestOf,
  spanJson,
  text,
  traces,
  type RawRequest,
} from './requests.ts'

let server: RunningTracellm

beforeAll(async () => {
  server = await startTracellm({ args: ['--max-body-bytes', '8000000', '--max-inflated-bytes', '8000000'] })
})

afterAll(async () => {
  await server?.[Symbol.asyncDispose]()
})

interface Answer {
  readonly status: number
  readonly type: string | undefined
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: Buffer
}

/** Sends exactly what is given: `fetch` would mend some of it. */
async function send({ method = 'POST', path = '/v1/traces', headers = {}, body }: RawRequest): Promise<Answer> {
  const request = httpRequest(`${server.url}${path}`, { method, headers })
  request.on('error', () => undefined)
  request.end(body)
  const [response] = await once(request, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return {
    status: response.statusCode,
    type: response.headers['content-type'],
    headers: response.headers,
    body: Buffer.concat(chunks),
  }
}

async function read(path: string) {
  return (await fetch(`${server.url}${path}`)).json() as Promise<never>
}

interface ReadTrace {
  span_count: number
  latency: number
  started_at: string
  status: string
  steps: { step_id: string; name: string; duration: number | null; parent_id: string | null; offset: number }[]
}

const readTrace = (traceId: string): Promise<ReadTrace> => read(`/traces/${traceId}`)

interface ReadSpan {
  attributes: Record<string, unknown>
  messages: unknown
}

const readSpan = (traceId: string, spanId: string): Promise<ReadSpan> => read(`/traces/${traceId}/spans/${spanId}`)

/** Sends one span that must be taken as it is, and reads it back. */
async function keep(changed: Record<string, unknown>) {
  const span = spanJson(changed)
  const answer = await send(traces(span))
  expect([answer.status, answer.body.toString()]).toEqual([200, '{}'])
  const traceId = (span['traceId'] as string).toLowerCase()
  const trace = await readTrace(traceId)
  const step = trace.steps.find(({ step_id: id }) => id === (span['spanId'] as string).toLowerCase())
  return { traceId, trace, step, spanId: step!.step_id }
}

async function keepAttribute(value: unknown): Promise<unknown> {
  const { traceId, spanId } = await keep({ attributes: [{ key: 'odd', value }] })
  return (await readSpan(traceId, spanId)).attributes['odd']
}

describe('a body that is not the message', () => {
  test.each<[string, RawRequest, number]>([
    ['an empty JSON body', text(''), 400],
    ['an array', text('[]'), 400],
    ['a string', text('"spans"'), 400],
    ['broken JSON', text('{"resourceSpans":['), 400],
    ['resourceSpans of a wrong type', text('{"resourceSpans":{}}'), 400],
    ['scopeSpans of a wrong type', text('{"resourceSpans":[{"scopeSpans":3}]}'), 400],
    ['logs on the traces path', text('{"resourceLogs":[]}'), 400],
    ['metrics on the traces path', text('{"resourceMetrics":[]}'), 400],
    ['a gzip header on a plain body', { headers: { ...json, 'content-encoding': 'gzip' }, body: '{}' }, 400],
    ['a gzip stream that breaks off', { ...compressed('gzip', '{}'), body: new Uint8Array([0x1f, 0x8b, 8, 0]) }, 400],
    ['a gzip bomb', compressed('gzip', new Uint8Array(50_000_000)), 413],
    ['a zstd bomb', compressed('zstd', new Uint8Array(50_000_000)), 413],
    ['a body over the limit', text(' '.repeat(8_000_001)), 413],
    ['an unknown content type', { headers: { 'content-type': 'text/plain' }, body: '{}' }, 415],
    ['no content type', { body: '{}' }, 415],
    ['an unknown encoding', { headers: { ...json, 'content-encoding': 'br' }, body: '{}' }, 415],
    ['GET', { method: 'GET' }, 405],
    ['an unknown path', { path: '/v1/profiles', headers: json, body: '{}' }, 404],
    ['the profiles signal', { path: '/v1development/profiles', headers: json, body: '{}' }, 404],
  ])('%s', async (_what, request, status) => {
    const answer = await send(request)
    expect(answer.status).toBe(status)
    expect(answer.type).toMatch(/^application\/(problem\+)?json/)
    const problem = JSON.parse(answer.body.toString()) as { message?: string; detail?: string }
    expect(problem.message ?? problem.detail).toMatch(/\w{3}/)
  })

  test('GET is told which method there is', async () => {
    expect((await send({ method: 'GET' })).headers['allow']).toContain('POST')
  })

  test('protobuf that breaks off in a field is answered in protobuf', async () => {
    const answer = await send({ headers: protobuf, body: cutProtobuf })
    expect([answer.status, answer.type]).toEqual([400, 'application/x-protobuf'])
    // google.rpc.Status: field 1 is code 3, field 2 the message.
    expect([...answer.body.subarray(0, 3)]).toEqual([0x08, 3, 0x12])
  })

  test('an endless body without a length is cut off at the limit', async () => {
    const request = httpRequest(`${server.url}/v1/traces`, { method: 'POST', headers: json })
    request.on('error', () => undefined)
    const answered = once(request, 'response')
    let sent = 0
    async function* chunks() {
      for (const chunk = Buffer.alloc(256 * 1024, ' '); sent < 64_000_000; sent += chunk.length) yield chunk
    }
    const sending = pipeline(chunks, request).catch(() => undefined)
    const [answer] = await answered
    request.destroy()
    await sending
    expect(answer.statusCode).toBe(413)
    expect(sent).toBeLessThan(64_000_000)
  })

  test('spans that all lack ids are named as what they seem to be', async () => {
    const answer = await send(traces({ name: 'a' }, { name: 'b' }))
    expect(answer.status).toBe(400)
    expect(answer.body.toString()).toMatch(/id/)
  })

  test('an HTTP/2 preface is told what to set, and is listed', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.end('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    const chunks: Buffer[] = []
    for await (const chunk of socket) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).toString()).toContain('http/protobuf')
    const recent: { items: { advice: string | null }[] } = await read('/ingest/recent')
    expect(recent.items[0]?.advice).toContain('http/protobuf')
  })
})

describe('a body that is empty, and right', () => {
  test.each<[string, RawRequest]>([
    ['protobuf of no bytes', { headers: protobuf, body: new Uint8Array(0) }],
    ['an empty object', text('{}')],
    ['a charset parameter', { headers: { 'content-type': 'application/json; charset=utf-8' }, body: '{}' }],
    ['compressed', compressed('gzip', '{}')],
  ])('%s', async (_what, request) => {
    const answer = await send(request)
    expect(answer.status).toBe(200)
    expect(answer.body.toString()).toBe(answer.type === 'application/json' ? '{}' : '')
  })

  test('snake_case keys are no keys: nothing is taken, and the sender is told', async () => {
    const answer = await send(text('{"resource_spans":[]}'))
    expect(answer.status).toBe(200)
    expect(answer.body.toString()).toMatch(/resource_spans/)
  })
})

describe('a bad span among good ones', () => {
  test.each<[string, Record<string, unknown>]>([
    ['a short trace id', { traceId: 'abc' }],
    ['a long trace id', { traceId: 'a'.repeat(33) }],
    ['a trace id that is not hex', { traceId: 'g'.repeat(32) }],
    ['a trace id in base64', { traceId: 'W47/95gDgQPSabYzgT/GDA==' }],
    ['a zero trace id', { traceId: '0'.repeat(32) }],
    ['a zero span id', { spanId: '0'.repeat(16) }],
    ['a missing span id', { spanId: undefined }],
    ['attributes as an object', { attributes: { a: 1 } }],
    ['a name that is a number', { name: 3 }],
  ])('%s is named, and the good one kept', async (_what, changed) => {
    const good = spanJson()
    const answer = await send(traces(spanJson(changed), good))
    expect(answer.status).toBe(200)
    const { partialSuccess } = JSON.parse(answer.body.toString()) as {
      partialSuccess: { rejectedSpans: string; errorMessage: string }
    }
    expect(partialSuccess.rejectedSpans).toBe('1')
    expect(partialSuccess.errorMessage).toContain('spans[0]')
    expect((await readTrace(good['traceId'] as string)).span_count).toBe(1)
  })

  test('all bad though they have ids: 200 with all rejected', async () => {
    const answer = await send(traces(spanJson({ name: 3 }), spanJson({ attributes: 7 })))
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body.toString())).toMatchObject({ partialSuccess: { rejectedSpans: '2' } })
  })
})

describe('a span that is odd, and kept', () => {
  test('ids in upper case become lower case', async () => {
    const { step } = await keep({ traceId: freshId(32).toUpperCase(), spanId: freshId(16).toUpperCase() })
    expect(step?.name).toBe('good')
  })

  test('an end before the start is a duration of nothing', async () => {
    expect((await keep({ endTimeUnixNano: '1' })).step?.duration).toBe(0)
  })

  test('an end of 0 is a span that runs', async () => {
    const { step, trace } = await keep({ endTimeUnixNano: '0' })
    expect([step?.duration, trace.status]).toEqual([null, 'running'])
  })

  test('a start of 0 is the time it came', async () => {
    const { trace } = await keep({ startTimeUnixNano: '0' })
    expect(Math.abs(Date.parse(trace.started_at) - Date.now())).toBeLessThan(600_000)
  })

  test('spans dated 1970 and 2255', async () => {
    const early = await keep({ startTimeUnixNano: '1000', endTimeUnixNano: '2000' })
    expect(early.trace.started_at).toMatch(/^1970-01-01T00:00:00/)
    const late = await keep({ startTimeUnixNano: '9000000000000000000', endTimeUnixNano: '9000000001000000000' })
    expect(late.trace.started_at).toMatch(/^2255-03-1/)
  })

  test('enum names', async () => {
    expect((await keep({ kind: 'SPAN_KIND_CLIENT', status: { code: 'STATUS_CODE_OK' } })).step?.name).toBe('good')
  })

  test('an int64 above 2^53 keeps every digit', async () => {
    expect(await keepAttribute({ intValue: '9223372036854775807' })).toBe('9223372036854775807')
  })

  test.each(['NaN', 'Infinity', '-Infinity', null])('a double of %s is absent', async (doubleValue) => {
    expect(await keepAttribute({ doubleValue })).toBeUndefined()
  })

  test('of an attribute that comes twice the last stands', async () => {
    const { traceId, spanId } = await keep({
      attributes: [
        { key: 'odd', value: { intValue: 1 } },
        { key: 'odd', value: { intValue: 2 } },
      ],
    })
    expect((await readSpan(traceId, spanId)).attributes['odd']).toBe(2)
  })

  test('lone surrogates and NUL in text', async () => {
    const { traceId, spanId, step } = await keep({
      name: 'a\ud800b',
      attributes: [{ key: 'odd', value: { stringValue: 'x\u0000y\udfff' } }],
    })
    expect(step?.name).toBe('a\ufffdb')
    expect((await readSpan(traceId, spanId)).attributes['odd']).toBe('x\u0000y\ufffd')
  })

  test('a kvlist 10,000 deep is cut with a marker', async () => {
    const span = spanJson()
    const body = JSON.stringify(requestOf({ ...span, attributes: ['DEEP'] })).replace(
      '"DEEP"',
      `{"key":"odd","value":${deepAttribute(10_000)}}`,
    )
    expect((await send(text(body))).status).toBe(200)
    const { attributes } = await readSpan(span['traceId'] as string, span['spanId'] as string)
    expect(JSON.stringify(attributes['odd'])).toMatch(/cut/)
  })

  test('a flattened index of four billion', async () => {
    const { traceId, spanId } = await keep({
      attributes: [
        { key: 'openinference.span.kind', value: { stringValue: 'LLM' } },
        { key: 'llm.input_messages.0.message.role', value: { stringValue: 'user' } },
        { key: 'llm.input_messages.0.message.content', value: { stringValue: 'hello' } },
        { key: 'llm.input_messages.4000000000.message.content', value: { stringValue: 'far away' } },
      ],
    })
    expect(JSON.stringify((await readSpan(traceId, spanId)).messages)).toContain('hello')
  })

  test('100,000 attributes: as many as the limit says are kept', async () => {
    const attributes = Array.from({ length: 100_000 }, (_, index) => ({ key: `k${index}`, value: { intValue: index } }))
    const span = spanJson({ attributes })
    const answer = await send(traces(span))
    expect(answer.status).toBe(200)
    expect(answer.body.toString()).toContain('attributes beyond `max-span-attributes` are left out: 67232')
    const kept = await readSpan(span['traceId'] as string, span['spanId'] as string)
    expect(Object.keys(kept.attributes)).toHaveLength(32_768)
    const { ingest }: { ingest: { rejections: unknown[] } } = await read('/')
    expect(ingest.rejections).toContainEqual({ of: 'attributes', reason: 'attributes_dropped', count: 67_232 })
  })

  test('a child days before its parent, and a parent that never comes', async () => {
    const parent = spanJson()
    const child = spanJson({
      traceId: parent['traceId'],
      parentSpanId: parent['spanId'],
      startTimeUnixNano: '1799000000000000000',
      endTimeUnixNano: '1799000001000000000',
    })
    const orphan = spanJson({ traceId: parent['traceId'], parentSpanId: freshId(16) })
    expect((await send(traces(parent, child, orphan))).status).toBe(200)
    const trace = await readTrace(parent['traceId'] as string)
    expect(new Set(trace.steps.map((step) => step.step_id))).toEqual(
      new Set([parent, child, orphan].map((span) => span['spanId'])),
    )
    expect(trace.steps.every((step) => step.offset >= 0)).toBe(true)
  })

  test('the same span twice, in one request and in two', async () => {
    const span = spanJson()
    for (const request of [traces(span, span), traces(span)]) expect((await send(request)).status).toBe(200)
    expect((await readTrace(span['traceId'] as string)).span_count).toBe(1)
  })

  test('a log before its span', async () => {
    const span = spanJson({ attributes: [{ key: 'gen_ai.operation.name', value: { stringValue: 'chat' } }] })
    const log = {
      traceId: span['traceId'],
      spanId: span['spanId'],
      timeUnixNano: '1800000000500000000',
      eventName: 'gen_ai.user.message',
      body: { kvlistValue: { values: [{ key: 'content', value: { stringValue: 'asked in a log' } }] } },
    }
    const logs = { resourceLogs: [{ scopeLogs: [{ logRecords: [log] }] }] }
    expect((await send({ ...text(JSON.stringify(logs)), path: '/v1/logs' })).status).toBe(200)
    expect((await send(traces(span))).status).toBe(200)
    expect(JSON.stringify((await readSpan(span['traceId'] as string, span['spanId'] as string)).messages)).toContain(
      'asked in a log',
    )
  })
})

function long(end: string): string {
  return 'x'.repeat(1_000_000) + end
}

function attribute(key: string, value: string): object {
  return { key, value: { stringValue: value } }
}

describe('names, ids, tags and metadata that are far too long', () => {
  const tags = Array.from({ length: 10_000 }, (_, at) => `tag ${at}`)
  const metadata = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`key ${at}`, 'x'.repeat(100)]))

  interface ListedTrace {
    trace_id: string
    name: string
    session_id: string
    user_id: string
    model_name: string
    tags: string[]
  }

  async function listOf(query: string): Promise<{ items: ListedTrace[]; bytes: number }> {
    const answer = await send({ method: 'GET', path: `/traces?${query}` })
    expect(answer.status).toBe(200)
    return { ...(JSON.parse(answer.body.toString()) as { items: ListedTrace[] }), bytes: answer.body.length }
  }

  test.each(['OTLP', 'a plain trace'])('%s: the list is short, sessions stay apart, and all is kept', async (form) => {
    const environment = `too long as ${form}`
    const traceIds = [freshId(32), freshId(32)]
    for (const [place, traceId] of traceIds.entries()) {
      const plain = {
        trace_id: traceId,
        name: long('name'),
        session_id: long(`session ${place} of ${form}`),
        user_id: long('user'),
        model_name: long('model'),
        environment,
        tags,
        metadata,
        response: 'done',
      }
      const span = spanJson({
        traceId,
        name: plain.name,
        attributes: [
          attribute('session.id', plain.session_id),
          attribute('user.id', plain.user_id),
          attribute('gen_ai.operation.name', 'chat'),
          attribute('gen_ai.request.model', plain.model_name),
          attribute('deployment.environment.name', environment),
          attribute('tag.tags', JSON.stringify(tags)),
          attribute('metadata', JSON.stringify(metadata)),
        ],
      })
      const request = form === 'OTLP' ? traces(span) : { ...text(JSON.stringify(plain)), path: '/traces' }
      const answer = await send(request)
      const told = form === 'OTLP' ? [200, 'names, ids, tags or metadata that were too long'] : [201, traceId]
      expect([answer.status, answer.body.toString()]).toEqual([told[0], expect.stringContaining(told[1] as string)])
    }

    const { items, bytes } = await listOf(`environment=${encodeURIComponent(environment)}`)
    expect(bytes).toBeLessThan(10_000)
    expect(new Set(items.map((item) => item.session_id)).size).toBe(2)
    expect(items[0]!.tags).toEqual(tags.slice(0, 50))
    for (const { trace_id: traceId, name, session_id: session } of items) {
      expect(name).toBe(`${'x'.repeat(199)}…`)
      expect(session).toMatch(/^x{183}…[0-9a-f]{16}$/)
      expect((await listOf(`session_id=${encodeURIComponent(session)}`)).items).toHaveLength(1)
      const trace: { steps: { step_id: string }[]; metadata: object } = await read(`/traces/${traceId}`)
      expect(Object.keys(trace.metadata)).toHaveLength(200)
      const { names }: { names: string[] } = await read(`/traces/${traceId}/skeleton`)
      expect(names).toEqual([name])
      const { attributes } = await readSpan(traceId, trace.steps[0]!.step_id)
      expect(attributes).toMatchObject({
        'tracellm.whole.name': long('name'),
        'tracellm.whole.session_id': long(`session ${traceIds.indexOf(traceId)} of ${form}`),
        'tracellm.whole.tags': tags,
        'tracellm.whole.metadata': metadata,
      })
    }
    const { ingest }: { ingest: { rejections: { of: string; count: number }[] } } = await read('/')
    expect(ingest.rejections.find(({ of }) => of === 'texts')?.count).toBeGreaterThan(10_000)
    const recent: { items: { advice: string | null }[] } = await read('/ingest/recent')
    expect(recent.items[0]?.advice).toContain('names, ids, tags or metadata that were too long')
  })

  test('the name of a metric', async () => {
    const metric = { name: long('metric'), sum: { dataPoints: [{ asInt: '1' }] } }
    const request = text(JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] }))
    expect((await send({ ...request, path: '/v1/metrics' })).status).toBe(200)
    const { ingest }: { ingest: { metrics: { name: string }[] } } = await read('/')
    expect(ingest.metrics.map(({ name }) => name)).toContainEqual(expect.stringMatching(/^x{183}…[0-9a-f]{16}$/))
  })

  test('a key that nobody knows is named by its start', async () => {
    const answer = await send({ ...text(JSON.stringify({ name: 'a', [long('')]: 1 })), path: '/traces' })
    expect([answer.status, answer.body.length < 2000]).toEqual([400, true])
  })
})

describe('a JSON route', () => {
  test.each<[string, RawRequest, string]>([
    ['a wrong type', { path: '/traces', headers: json, body: '{"name":"a","latency":"long"}' }, 'latency'],
    ['an unknown field', { path: '/traces', headers: json, body: '{"name":"a","promt":"x"}' }, 'promt'],
    ['an unknown parameter', { method: 'GET', path: '/traces?statuss=failed' }, 'statuss'],
    ['a malformed parameter', { method: 'GET', path: '/traces?limit=many' }, 'limit'],
    [
      'a wrong score',
      { path: '/scores', headers: json, body: `{"trace_id":"${'a'.repeat(32)}","name":"n","value":{}}` },
      'value',
    ],
  ])('%s is a problem document that says where', async (_what, request, where) => {
    const answer = await send(request)
    expect([answer.status, answer.type]).toEqual([400, expect.stringContaining('application/problem+json')])
    const problem = JSON.parse(answer.body.toString()) as { code: string; detail: string }
    expect(problem.code).toMatch(/^TL_/)
    expect(problem.detail).toContain(where)
  })
})

test('the server still answers, and its counters add up', async () => {
  const { ingest }: { ingest: Record<string, number> } = await read('/')
  const {
    received_spans: received,
    stored_spans: stored,
    duplicate_spans: duplicate,
    rejected_spans: rejected,
    queued_spans: queued,
  } = ingest
  expect(received).toBe(stored! + duplicate! + rejected! + queued!)
  expect(rejected).toBeGreaterThan(0)
  expect(ingest['refused_requests']).toBeGreaterThan(0)
})
