import type { ProjectId, Span, TraceId } from '@tracellm/core'
import type { KeyScope } from '@tracellm/store'
import { openMemoryStore } from '@tracellm/store/memory'
import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { laterGroup } from '../routes/later-routes.ts'
import type { Route } from '../routes/route.ts'
import { routeTable } from '../routes/route-table.ts'
import { sampleApp, sampleNowUs, sampleParts } from '../sample-app.ts'
import { sampleSpanId, sampleTrace } from '../sample-trace.ts'
import { makeKey } from './make-key.ts'

/**
 * Every route of the table is asked for what belongs to the project `theirs`, by a key of another project and by a key
 * of another environment. A route that is added is asked as well; nobody has to think of it here.
 */
const theirs = 'theirs' as ProjectId
const ours = 'ours' as ProjectId
const traceId = 'a'.repeat(32) as TraceId
const theirKeyId = 'key_of_theirs'
/** In every span and score of theirs, and in no request. */
const secret = 'top-secret'

const store = openMemoryStore({ clock: () => sampleNowUs })
const allScopes: KeyScope[] = ['ingest', 'read', 'admin']
const keyOf = (projectId: ProjectId, environment?: string) =>
  makeKey({ projectId, environment, scopes: allScopes, createdUs: sampleNowUs })
const strangers = { 'of another project': keyOf(ours), 'of another environment': keyOf(theirs, 'test') }

beforeAll(async () => {
  const spans = sampleTrace(traceId).map((span): Span => ({ ...span, name: `${span.name} ${secret}` }))
  await store.write({ groups: [{ projectId: theirs, fixed: true, spans, logEvents: [] }] })
  await store.createProject({ projectId: ours, name: 'ours', createdUs: 1 })
  for (const { stored } of Object.values(strangers)) await store.createApiKey(stored)
  await store.createApiKey({ ...keyOf(theirs).stored, keyId: theirKeyId })
  await store.writeScore({}, { scoreId: 'score', traceId, name: secret, value: 1, source: 'api', createdUs: 1 })
})

const ids: Readonly<Record<string, string>> = {
  trace_id: traceId,
  span_id: sampleSpanId(2),
  body: 'any',
  project_id: theirs,
  key_id: theirKeyId,
  session_id: 'any',
}

const bodies: Readonly<Record<string, object>> = {
  '/scores': { trace_id: traceId, name: 'mine', value: 1, source: 'api' },
  '/api-keys': { project_id: theirs, environment: 'prod' },
}

/** Asks a route for what is theirs. */
function askFor(app: Hono, route: Route, key: string, query = queryFor(route)) {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (ids[name] === undefined) throw new Error(`say here which ${name} of theirs to ask ${route.path} for`)
    return ids[name]
  })
  const body = route.method === 'POST' ? { body: JSON.stringify(bodies[route.path] ?? {}) } : {}
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
  return app.request(`${path}${query}`, { method: route.method, headers, ...body })
}

/** What a route cannot do without. */
function queryFor(route: Route): string {
  if (route.path === '/scores' && route.method === 'GET') return `?trace_id=${traceId}`
  return route.path.endsWith('/steps') ? `?ids=${sampleSpanId(1)},${sampleSpanId(2)}` : ''
}

/** What is theirs, as the owner sees it. */
async function holdings() {
  const { traces, spans: count } = await store.readStats({ projectId: theirs })
  const scores = await store.listScores({ projectId: theirs }, traceId)
  const keys = (await store.listApiKeys({ projectId: theirs })).filter((key) => key.environment === undefined)
  return { traces, count, scores, keys: keys.map(({ keyId, revokedUs }) => ({ keyId, revokedUs })) }
}

/** Whether the request names something of theirs. A route that is not there yet looks at nothing that it names. */
function namesTheirs(route: Route): boolean {
  if (route.group === laterGroup) return false
  return route.path.includes('{') || queryFor(route) !== '' || (route.method === 'POST' && route.path in bodies)
}

function named(routes: readonly Route[]) {
  return routes.map((route) => [`${route.method} ${route.path}`, route] as const)
}

describe.each(Object.entries(strangers))('a key %s', (_, { key }) => {
  describe.each([true, false])('with keys required: %s', (keysRequired) => {
    const app = sampleApp(store, { keysRequired })
    const routes = routeTable(sampleParts(store, { keysRequired }))

    test.each(named(routes))('%s tells nothing and changes nothing', async (_name, route) => {
      const before = await holdings()
      expect(await (await askFor(app, route, key)).text()).not.toContain(secret)
      expect(await holdings()).toEqual(before)
    })

    test.each(named(routes.filter(namesTheirs)))('%s: there is no such thing', async (_name, route) => {
      expect([403, 404]).toContain((await askFor(app, route, key)).status)
    })

    test('counts are of what it sees', async () => {
      const bearing = { headers: { authorization: `Bearer ${key}` } }
      const read = async (path: string) => (await app.request(path, bearing)).json()
      expect((await read('/')).storage).toMatchObject({ traces: 0, spans: 0 })
      expect((await read('/traces')).total).toBe(0)
      expect((await read('/analytics')).summary).toMatchObject({ total_traces: 0, llm_calls: 0, total_cost_usd: 0 })
    })
  })
})

test.each(['/traces', '/analytics', '/failures'])(
  'a key of one environment asks %s for another in vain',
  async (path) => {
    const { key } = strangers['of another environment']
    const answer = await sampleApp(store).request(`${path}?environment=prod`, { headers: { 'x-api-key': key } })
    expect(answer.status).toBe(200)
    expect(await answer.text()).not.toContain(secret)
  },
)

describe('a key of another project that names theirs', () => {
  const app = sampleApp(store)
  const routes = routeTable(sampleParts(store)).filter((route) => route.query?.shape['project_id'] !== undefined)

  test.each(named(routes))('%s', async (_, route) => {
    const query = `${queryFor(route) || '?'}&project_id=${theirs}`.replace('?&', '?')
    const answer = await askFor(app, route, strangers['of another project'].key, query)
    expect(await answer.json()).toMatchObject({ status: 404, code: 'TL_PROJECT_NOT_FOUND' })
  })
})

test('what the tests look for is there for the owner to see', async () => {
  const app = sampleApp(store)
  for (const path of [`/traces/${traceId}`, '/traces', `/traces/${traceId}/export?format=markdown`]) {
    expect(await (await app.request(path)).text()).toContain(secret)
  }
})
