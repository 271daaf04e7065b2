import type { ProjectId, SpanId, TraceId } from '@tracellm/core'
import { defaultDecodeLimits } from '@tracellm/core/otlp'
import type { KeyScope, StoreChange } from '@tracellm/store'
import { openMemoryStore } from '@tracellm/store/memory'
import { describe, expect, test } from 'vitest'
import { IngestCounters } from '../counters.ts'
import { IngestQueue } from '../ingest/ingest-queue.ts'
import { redactionOf } from '../ingest/redact.ts'
import { createIngest } from '../ingest/start-ingest.ts'
import { defaultLimits } from '../limits.ts'
import { hears } from '../live/subscription.ts'
import { ask, sampleApp, sampleNowUs, sending } from '../sample-app.ts'
import { makeKey } from './make-key.ts'

/** Two keys of one project, each with an environment, and a trace that the first has sent. */
const projectId = 'envp' as ProjectId
const traceId = 'a'.repeat(32) as TraceId
const secret = 'SECRET-DEV'
const spanOfDev = '1'.repeat(16) as SpanId
const allScopes: KeyScope[] = ['ingest', 'read', 'admin']
const clock = () => sampleNowUs

/** Seconds are counted from the clock of sample applications. */
const nanos = (seconds: number) => String((BigInt(sampleNowUs) + BigInt(seconds * 1_000_000)) * 1000n)

function otlpSpan(spanId: string, startS: number, endS: number, said: { prompt?: string; environment?: string } = {}) {
  const attributes = Object.entries({
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-4o',
    ...(said.prompt && {
      'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: said.prompt }] }]),
    }),
    ...(said.environment && { 'deployment.environment.name': said.environment }),
  }).map(([key, stringValue]) => ({ key, value: { stringValue } }))
  const span = { traceId, spanId, name: 'chat', attributes }
  const times = { startTimeUnixNano: nanos(startS), endTimeUnixNano: nanos(endS) }
  return { resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, ...times }] }] }] }
}

async function openApp() {
  const store = openMemoryStore({ clock })
  await store.createProject({ projectId, name: 'envp', createdUs: 1 })
  const keyOf = async (environment?: string) => {
    const { key, stored } = makeKey({ projectId, environment, scopes: allScopes, createdUs: sampleNowUs })
    await store.createApiKey(stored)
    return key
  }
  const keys = { dev: await keyOf('dev'), prod: await keyOf('prod'), plain: await keyOf() }
  const counters = new IngestCounters()
  const queue = new IngestQueue({
    sink: store,
    context: {
      maxInflatedBytes: 1_000_000,
      maxJsonObjects: 10_000,
      decode: defaultDecodeLimits,
      redaction: redactionOf([]),
      prices: undefined,
    },
    onQueued: (spans) => counters.queue(spans),
  })
  const ingest = createIngest({ limits: defaultLimits, clock }, counters, (request) => queue.take(request))
  const app = sampleApp(store, { ingest, keysRequired: true })
  const bearing = (key: keyof typeof keys) => ({ authorization: `Bearer ${keys[key]}` })
  const heardByProd: StoreChange[] = []
  store.onChanges(({ changes }) => {
    const subscription = { scope: { projectId, environment: 'prod' }, spans: true }
    heardByProd.push(...changes.filter((change) => hears(subscription, change)))
  })
  return {
    store,
    counters,
    heardByProd,
    read: (key: keyof typeof keys, path: string) => ask(app, path, { headers: bearing(key) }),
    remove: (key: keyof typeof keys, path: string) => ask(app, path, { method: 'DELETE', headers: bearing(key) }),
    send: (key: keyof typeof keys, body: object, path = '/v1/traces') =>
      ask(app, path, sending('POST', body, bearing(key))),
  }
}

const fromDev = otlpSpan(spanOfDev, 0, 1, { prompt: secret })

/** What comes for the trace that `dev` has sent. */
const attempts = {
  'an earlier span without a parent': otlpSpan('2'.repeat(16), -1, 5),
  'another version of its span': otlpSpan(spanOfDev, 0, 9),
}

describe.each(Object.entries(attempts))('a key of another environment that sends %s', (_, attempt) => {
  test('is told that it was left out, and reads nothing of the trace', async () => {
    const { store, send, read, remove, heardByProd, counters } = await openApp()
    await send('dev', fromDev)
    const paths = [
      `/traces/${traceId}`,
      `/traces/${traceId}/spans/${spanOfDev}`,
      `/traces/${traceId}/steps?ids=${spanOfDev}`,
      `/traces/${traceId}?include=bodies`,
      `/traces/${traceId}/skeleton`,
      `/traces/${traceId}/export`,
    ]
    const { bodies } = await store.readSpan({}, traceId, spanOfDev)
    paths.push(`/traces/${traceId}/bodies/${bodies.input[0]!.key}`)
    const seenByDev = await Promise.all(paths.map((path) => read('dev', path)))
    expect(seenByDev.map(({ status }) => status)).toEqual(paths.map(() => 200))

    expect(JSON.stringify(seenByDev.at(-1)!.body)).toContain(secret)

    expect((await send('prod', attempt)).body).toMatchObject({
      partialSuccess: { rejectedSpans: '1', errorMessage: '1 of a trace outside the environment of the key' },
    })
    expect(counters.counts).toMatchObject({ receivedSpans: 2, storedSpans: 1, rejectedSpans: 1, queuedSpans: 0 })
    expect(counters.counts.rejections).toEqual([{ of: 'spans', reason: 'other_environment', count: 1 }])

    for (const path of paths) expect((await read('prod', path)).status).toBe(404)
    expect((await read('prod', '/traces')).body).toMatchObject({ items: [], total: 0 })
    expect((await remove('prod', `/traces/${traceId}`)).status).toBe(404)
    expect(heardByProd).toEqual([])
    expect(await Promise.all(paths.map((path) => read('dev', path)))).toEqual(seenByDev)
  })

  test('takes no trace that a plain key has made either', async () => {
    const { send, read, heardByProd } = await openApp()
    await send('plain', fromDev)
    await send('prod', attempt)
    expect((await read('prod', `/traces/${traceId}`)).status).toBe(404)
    expect((await read('plain', `/traces/${traceId}`)).body).toMatchObject({ environment: null, span_count: 1 })
    expect(heardByProd).toEqual([])
  })
})

test('a plain key adds to a trace and moves it nowhere', async () => {
  const { send, read, heardByProd } = await openApp()
  await send('dev', fromDev)
  await send('plain', otlpSpan('2'.repeat(16), -1, 5, { environment: 'prod' }))
  expect((await read('prod', `/traces/${traceId}`)).status).toBe(404)
  expect((await read('dev', `/traces/${traceId}`)).body).toMatchObject({ environment: 'dev', span_count: 2 })
  expect(heardByProd).toEqual([])
})

test('a plain JSON trace of an id that another environment has is counted as nothing', async () => {
  const { send, read } = await openApp()
  await send('dev', fromDev)
  const { status, body } = await send('prod', { trace_id: traceId, name: 'mine' }, '/traces')
  expect([status, body.traces]).toEqual([201, [{ trace_id: traceId, span_count: 0 }]])
  expect((await read('prod', `/traces/${traceId}`)).status).toBe(404)
})
