import type { ProjectId, TraceId } from '@tracellm/core'
import { analyticsJson, failuresJson, healthJson, recentRequestsJson, settingsJson } from '@tracellm/core/wire'
import { openMemoryStore } from '@tracellm/store/memory'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeKey } from '../access/make-key.ts'
import { IngestCounters } from '../counters.ts'
import { createIngest } from '../ingest/start-ingest.ts'
import { defaultLimits } from '../limits.ts'
import { ask, sampleApp, sampleNowUs, sampleParts } from '../sample-app.ts'
import { sampleTrace } from '../sample-trace.ts'

const clock = () => sampleNowUs
const store = openMemoryStore({ clock })
const open = sampleApp(store, { live: { clients: 3, sequence: 0 } })
const closed = sampleApp(store, { keysRequired: true })
const shop = 'shop' as ProjectId
const { stored, key } = makeKey({ projectId: shop, scopes: ['read'], createdUs: sampleNowUs })
const ingestKey = makeKey({ projectId: shop, scopes: ['ingest'], createdUs: sampleNowUs })

beforeAll(async () => {
  for (const [projectId, letter] of [
    [shop, 'a'],
    ['bank' as ProjectId, 'b'],
  ] as const) {
    const spans = sampleTrace(letter.repeat(32) as TraceId)
    await store.write({ groups: [{ projectId, fixed: true, spans, logEvents: [] }] })
  }
  await store.createApiKey(stored)
  await store.createApiKey(ingestKey.stored)
})

describe('GET /', () => {
  test('says how it is started to those who see the whole instance alone', async () => {
    const startCommand = 'npm start -- --home /srv'
    const known = sampleApp(store, { startCommand })
    const guarded = sampleApp(store, { startCommand, keysRequired: true })
    expect((await ask(known, '/')).body.start_command).toBe(startCommand)
    expect((await ask(guarded, '/')).body.start_command).toBeNull()
    expect((await ask(guarded, '/', { headers: { 'x-api-key': key } })).body.start_command).toBeNull()
    expect((await ask(open, '/')).body.start_command).toBeNull()
  })

  test('says what storage holds and what ingest did', async () => {
    const { body } = await ask(open, '/')
    expect(healthJson.parse(body)).toEqual(body)
    expect(body).toMatchObject({
      name: 'tracellm',
      version: '0.0.0-test',
      status: 'ok',
      uptime_s: 0,
      storage: { type: 'memory', traces: 2, spans: 8 },
      ingest: { since: '2024-02-03T12:00:00.000000Z', received_spans: 0, rejections: [] },
      live: { clients: 3, sequence: expect.any(Number) },
    })
  })

  test('says to a stranger that it is there, and no more', async () => {
    const { status, body } = await ask(closed, '/')
    expect(status).toBe(200)
    expect(healthJson.parse(body)).toEqual(body)
    expect(body).toMatchObject({ status: 'ok', storage: null, ingest: null, live: { clients: null, sequence: null } })
  })

  test('says to a key what its own project holds', async () => {
    const { body } = await ask(closed, '/', { headers: { 'x-api-key': key } })
    expect(healthJson.parse(body)).toEqual(body)
    expect(body.storage).toMatchObject({ traces: 1, spans: 4, detail: null, size_bytes: null })
    expect(body.ingest).toBeNull()
  })

  test('refuses a key that is good no more, though strangers may ask', async () => {
    const { status } = await ask(closed, '/', { headers: { 'x-api-key': 'tlm_sk_00000000000000000000000000000000' } })
    expect(status).toBe(401)
  })
})

describe('GET /ingest/recent', () => {
  test('lists requests to ingest paths, newest first', async () => {
    const sent = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', 'user-agent': 'curl/8' } }
    await open.request('/v1/logs', sent)
    await open.request('/v1/traces', { ...sent, headers: { ...sent.headers, 'content-type': 'text/csv' } })
    const { body } = await ask(open, '/ingest/recent')
    expect(recentRequestsJson.parse(body)).toEqual(body)
    expect(body.items).toMatchObject([
      { path: '/v1/traces', status: 415, client: 'curl/8' },
      { path: '/v1/logs', status: 503 },
    ])
  })
})

describe('a refused request', () => {
  const limits = { ...defaultLimits, maxBodyBytes: 10 }
  const json = { 'content-type': 'application/json' }

  test.each([
    [401, 'bad_key', { headers: json, body: '{"name":"a"}' }, 'a key'],
    [403, 'foreign_origin', { headers: { ...json, origin: 'http://evil.example' } }, 'a page of http://evil.example'],
    [413, 'body_too_large', { headers: { ...json, 'x-api-key': ingestKey.key }, body: '{"name":"long"}' }, 'max-body'],
    [
      415,
      'unsupported_type',
      { headers: { 'content-type': 'text/csv', 'x-api-key': ingestKey.key } },
      'as application',
    ],
  ])('of %i at /traces is listed and counted once as %s, and says why', async (status, reason, init, advice) => {
    const ingest = createIngest({ limits, clock }, new IngestCounters(), () => Promise.reject(new Error('no store')))
    const app = sampleApp(store, { ingest, keysRequired: true })
    const answer = await ask(app, '/traces', { method: 'POST', ...init })
    expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({
      status,
      type: 'application/problem+json',
    })
    expect(ingest.recentRequests({})).toMatchObject([{ status, reason, advice: expect.stringContaining(advice) }])
    expect(ingest.counts.rejections).toEqual([{ of: 'requests', reason, count: 1 }])
  })

  test('to read is none of ingest', async () => {
    const ingest = createIngest({ limits, clock }, new IngestCounters(), () => Promise.reject(new Error('no store')))
    expect((await ask(sampleApp(store, { ingest }), '/traces?limit=many')).status).toBe(400)
    expect(ingest.recentRequests({})).toEqual([])
    expect(ingest.counts.refusedRequests).toBe(0)
  })

  test.each([
    [403, 'foreign_origin', { headers: { ...json, origin: 'http://evil.example' } }, 'a page of http://evil.example'],
    [403, 'foreign_origin', { headers: { origin: 'http://evil.example' } }, 'a page of http://evil.example'],
    [403, 'foreign_host', { headers: { ...json, host: 'evil.example' } }, 'allowed-hosts'],
    [405, 'wrong_method', { method: 'PUT', headers: json }, 'takes POST, not PUT'],
    [413, 'body_too_large', { headers: json, body: '{"resourceSpans":[]}' }, 'max-body-bytes'],
    [415, 'unsupported_type', { headers: { 'content-type': 'text/csv' } }, 'content type text/csv is not known'],
    [503, 'store_unavailable', { headers: json, body: '{}' }, 'no store'],
  ])('of %i is listed and counted as %s, and says why', async (status, reason, init, advice) => {
    const ingest = createIngest({ limits, clock }, new IngestCounters(), async () => ({
      status: 'unavailable',
      message: 'no store',
    }))
    const app = sampleApp(store, { ingest })
    expect((await app.request('/v1/traces', { method: 'POST', ...init })).status).toBe(status)

    const { body: recent } = await ask(app, '/ingest/recent')
    expect(recent.items).toMatchObject([{ status, reason, rejections: [], advice: expect.stringContaining(advice) }])
    const { body: health } = await ask(app, '/')
    expect(healthJson.parse(health)).toEqual(health)
    expect(health.ingest).toMatchObject({
      refused_requests: 1,
      rejected_spans: 0,
      rejections: [{ of: 'requests', reason, count: 1 }],
    })
  })
})

describe('GET /settings', () => {
  test('says what is in force', async () => {
    const { body } = await ask(open, '/settings')
    expect(settingsJson.parse(body)).toEqual(body)
    expect(body.items).toMatchObject([{ name: 'port', value: 8000, source: 'default' }])
  })

  test('says where things lie on the machine to those who see the whole instance alone', async () => {
    const { settings } = sampleParts(store)
    const folder = {
      name: 'home',
      value: '/srv/traces',
      unit: null,
      source: 'flag',
      text: 'Where all is kept',
    } as const
    const app = sampleApp(store, { settings: { ...settings, inForce: [folder, ...settings.inForce] } })
    const values = async (headers: Record<string, string>) =>
      (await ask(app, '/settings', { headers })).body.items.map((item: { value: unknown }) => item.value)
    expect(await values({})).toEqual(['/srv/traces', 8000])
    expect(await values({ 'x-api-key': key })).toEqual([null, 8000])
  })
})

describe('GET /analytics', () => {
  test('has every figure of the contract', async () => {
    const { body } = await ask(open, '/analytics')
    expect(analyticsJson.parse(body)).toEqual(body)
    expect(body).toMatchObject({
      day_boundaries: 'utc',
      out_of_range: 0,
      summary: {
        total_traces: 2,
        success_rate: 1,
        average_latency: 2500.5,
        total_token_usage: 300,
        total_cost_usd: 0.0012,
        cost_is_partial: false,
        llm_calls: 2,
        tool_calls: 2,
        error_spans: 2,
        warning_traces: 2,
      },
    })
    expect(body.project_breakdown.map((row: { key: string }) => row.key).toSorted()).toEqual(['bank', 'shop'])
  })

  test('is of the range, the model and the project asked for', async () => {
    const query =
      'project_id=shop&from=2024-02-03T10:00:00Z&to=2024-02-03T13:00:00Z&interval=hour&time_zone=Europe/Berlin'
    const { body } = await ask(open, `/analytics?${query}&model=gpt-4o-2024-08-06`)
    expect(analyticsJson.parse(body)).toEqual(body)
    expect(body).toMatchObject({ interval: 'hour', summary: { total_traces: 1 } })
    expect(
      body.charts.map((bucket: { label: string; traces: number }) => [bucket.label.slice(11, 16), bucket.traces]),
    ).toEqual([
      ['10:00', 0],
      ['11:00', 1],
      ['12:00', 0],
    ])
  })

  test.each([
    ['interval=minute&from=2024-01-01&to=2024-02-01', 'TL_TOO_MANY_BUCKETS'],
    ['interval=week', 'TL_BAD_PARAMETER'],
    ['time_zone=Mars/Olympus', 'TL_BAD_PARAMETER'],
    ['from=2024-02-02&to=2024-02-01', 'TL_BAD_PARAMETER'],
  ])('%s is %s', async (query, code) => {
    const { status, body } = await ask(open, `/analytics?${query}`)
    expect({ status, code: body.code }).toEqual({ status: 400, code })
  })
})

describe('GET /failures', () => {
  test('lists failed and slow traces and retries; groups come later', async () => {
    const { body } = await ask(open, '/failures')
    expect(failuresJson.parse(body)).toEqual(body)
    expect(body).toEqual({
      failed_traces: [],
      retries: [],
      slow_requests: [],
      totals: { failed: 0, retries: 0, slow: 0 },
      groups: [],
    })
  })
})
