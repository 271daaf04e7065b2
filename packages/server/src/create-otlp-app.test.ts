import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { createOtlpApp } from './create-otlp-app.ts'

const whole = new Hono().all('*', ({ req, env }) => Response.json({ path: req.path, env }))

describe('createOtlpApp', () => {
  test.each(['/v1/traces', '/v1/logs', '/otel/v1/traces', '/api/public/otel/v1/traces', '/v1/traces/v1/traces'])(
    'hands %s to the application, with what Node knows of the request',
    async (path) => {
      const response = await createOtlpApp(whole).request(path, { method: 'POST' }, { incoming: 1 })
      expect(await response.json()).toEqual({ path, env: { incoming: 1 } })
    },
  )

  test.each(['/', '/v1'])('hands on what exporters send to %s, which the application knows to answer', async (path) => {
    const sent = { method: 'POST', body: '', headers: { 'content-type': 'application/x-protobuf' } }
    expect((await createOtlpApp(whole).request(path, sent)).status).toBe(200)
  })

  test.each(['/', '/traces', '/ws', '/settings', '/v1/traces/x'])('has no %s', async (path) => {
    const response = await createOtlpApp(whole).request(path)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({
      code: 'TL_ROUTE_NOT_FOUND',
      fix: 'Everything else is on the main port.',
    })
  })
})
