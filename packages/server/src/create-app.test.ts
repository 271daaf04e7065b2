import { TraceLLMError } from '@tracellm/core'
import { openMemoryStore } from '@tracellm/store/memory'
import { describe, expect, test } from 'vitest'
import { ask, sampleApp, sampleNowUs } from './sample-app.ts'

const store = openMemoryStore({ clock: () => sampleNowUs })
const app = sampleApp(store)

/** As a browser sends it for a page of this origin. */
const fromPage = (origin: string, host = 'localhost:8000') => ({ host, origin })

describe('createApp', () => {
  test('answers what it does not know with a problem', async () => {
    const { status, headers, body } = await ask(app, '/nowhere')
    expect(status).toBe(404)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(body).toEqual({
      type: '/docs#TL_ROUTE_NOT_FOUND',
      title: 'No such route',
      status: 404,
      detail: 'there is no /nowhere here',
      code: 'TL_ROUTE_NOT_FOUND',
      fix: 'See /docs for the routes there are.',
    })
  })

  test.each(['/traces/', `/traces/${'a'.repeat(32)}/`, '/traces//skeleton', '//'])(
    'has nothing at %s',
    async (path) => {
      const { status, body } = await ask(app, path)
      expect({ status, code: body.code }).toEqual({ status: 404, code: 'TL_ROUTE_NOT_FOUND' })
    },
  )

  test.each([
    ['PATCH', '/traces', 'POST, GET'],
    ['POST', '/analytics', 'GET'],
    ['PUT', `/traces/${'a'.repeat(32)}`, 'GET, DELETE'],
  ])('%s %s is not taken, and the answer says what is', async (method, path, allow) => {
    const { status, headers, body } = await ask(app, path, { method })
    expect(status).toBe(405)
    expect(headers.get('allow')).toBe(allow)
    expect(body.code).toBe('TL_METHOD_NOT_ALLOWED')
  })

  test("answers errors of OTLP routes in OTLP's form", async () => {
    const { status, headers, body } = await ask(app, '/v1/traces', { headers: { 'content-type': 'application/json' } })
    expect(status).toBe(405)
    expect(headers.get('allow')).toBe('POST')
    expect(body).not.toHaveProperty('code', expect.stringContaining('TL_'))
    expect(body.message).toContain('takes POST')
  })

  test.each(['/v1/traces/v1/traces', '/my/prefix/v1/traces', '/v1/traces/'])(
    'says in the encoding of the request where what is sent to %s should go',
    async (path) => {
      const sent = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }
      const { status, body } = await ask(app, path, sent)
      expect({ status, code: body.code }).toEqual({ status: 404, code: 5 })
      expect(body.message).toContain(`there is no ${path} here. Set OTEL_EXPORTER_OTLP_ENDPOINT to http://localhost,`)

      const binary = await app.request(path, { ...sent, headers: { 'content-type': 'application/x-protobuf' } })
      expect(binary.status).toBe(404)
      expect(binary.headers.get('content-type')).toBe('application/x-protobuf')
      expect(await binary.text()).toContain('Set OTEL_EXPORTER_OTLP_ENDPOINT to http://localhost,')

      const { body: recent } = await ask(app, '/ingest/recent')
      expect(recent.items[0]).toMatchObject({ path, status: 404, advice: expect.stringContaining('without a path') })
    },
  )

  test.each(['/', '/v1', '/v1/', '/otel', '/otel/v1'])('says where to send what exporters send to %s', async (path) => {
    const sent = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }
    const { status, body } = await ask(app, path, sent)
    expect({ status, code: body.code }).toEqual({ status: 404, code: 5 })
    expect(body.message).toContain(`nothing is taken in at ${path}. OTLP goes to http://localhost/v1/traces`)
    expect(body.message).toContain('Plain JSON traces go to /traces.')

    const binary = await app.request(path, { ...sent, headers: { 'content-type': 'application/x-protobuf' } })
    expect(binary.status).toBe(404)
    expect(binary.headers.get('content-type')).toBe('application/x-protobuf')
    expect(await binary.text()).toContain('set OTEL_EXPORTER_OTLP_ENDPOINT to http://localhost, or')

    const { body: recent } = await ask(app, '/ingest/recent')
    expect(recent.items.slice(0, 2)).toMatchObject([
      { path, reason: 'wrong_path', encoding: 'protobuf identity' },
      { path, reason: 'wrong_path', encoding: 'json identity' },
    ])
  })

  test('says where protobuf should go wherever it was sent', async () => {
    const init = { method: 'POST', body: '', headers: { 'content-type': 'application/x-protobuf' } }
    const nowhere = await app.request('/collector', init)
    expect([nowhere.status, await nowhere.text()]).toEqual([404, expect.stringContaining('OTLP goes to')])
    const traces = await ask(app, '/traces', init)
    expect([traces.status, traces.body.detail]).toEqual([415, expect.stringContaining('OTLP goes to /v1/traces')])
  })

  test('what is no export is told of the route alone', async () => {
    expect((await ask(app, '/', { method: 'POST' })).body).toMatchObject({ code: 'TL_METHOD_NOT_ALLOWED' })
    const form = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }
    expect((await ask(app, '/nowhere', form)).body).toMatchObject({ code: 'TL_ROUTE_NOT_FOUND' })
  })

  test('HEAD is GET without the body', async () => {
    const response = await app.request('/', { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })

  test('keeps every answer what it is', async () => {
    for (const path of ['/', '/nowhere', '/docs']) {
      const { headers } = await app.request(path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    }
  })

  test('tells the log where a fault is, and nobody what it held', async () => {
    const lines: string[] = []
    const broken = { ...store, listProjects: () => Promise.reject(new TypeError('secret of a client')) }
    const { status, body } = await ask(sampleApp(broken, { log: (line) => lines.push(line) }), '/projects')
    expect(status).toBe(500)
    expect(body.code).toBe('TL_INTERNAL')
    expect(lines).toEqual([expect.stringMatching(/^GET \/projects: TypeError < at /)])
    expect(JSON.stringify([body, lines])).not.toContain('secret')
  })

  test('passes on what the store says of itself', async () => {
    const full = { ...store, listProjects: () => Promise.reject(new TraceLLMError('TL_STORE_FULL', 'no space left')) }
    const { status, headers, body } = await ask(sampleApp(full), '/projects')
    expect({ status, code: body.code, retry: headers.get('retry-after') }).toEqual({
      status: 503,
      code: 'TL_STORE_FULL',
      retry: '1',
    })
  })
})

describe('foreign pages', () => {
  test.each([
    ['read', '/traces', {}],
    [
      'write by a simple request',
      '/v1/traces',
      { method: 'POST', body: '{}', headers: { 'content-type': 'text/plain' } },
    ],
    ['ask whether they may', '/traces', { method: 'OPTIONS', headers: { 'access-control-request-method': 'DELETE' } }],
    ['delete', '/projects/default', { method: 'DELETE' }],
  ])('cannot %s', async (_, path, init: RequestInit) => {
    const headers = { ...(init.headers as Record<string, string>), ...fromPage('https://evil.example') }
    const answer = await app.request(path, { ...init, headers })
    expect(answer.status).toBe(403)
    expect(answer.headers.has('access-control-allow-origin')).toBe(false)
    expect(await answer.text()).toContain('may not call')
  })

  test('cannot take the place of the server by a name of their own', async () => {
    const { status, body } = await ask(app, '/traces', {
      headers: fromPage('http://evil.example:8000', 'evil.example:8000'),
    })
    expect({ status, code: body.code }).toEqual({ status: 403, code: 'TL_HOST_FORBIDDEN' })
  })
})

describe('pages of this machine and of configured origins', () => {
  test.each(['http://localhost:5173', 'https://app.example'])('%s may read and see errors', async (origin) => {
    for (const path of ['/traces', '/nowhere']) {
      const { headers } = await app.request(path, { headers: fromPage(origin) })
      expect(headers.get('access-control-allow-origin')).toBe(origin)
      expect(headers.get('vary')).toContain('Origin')
    }
  })

  test('are told beforehand what they may send', async () => {
    const asked = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-api-key',
    }
    const response = await app.request('/v1/traces', {
      method: 'OPTIONS',
      headers: { ...fromPage('http://localhost:5173'), ...asked },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
    expect(response.headers.get('access-control-allow-methods')).toContain('POST')
    expect(response.headers.get('access-control-allow-headers')).toBe('content-type,x-api-key')
  })
})
