import { once } from 'node:events'
import { connect } from 'node:net'
import { openMemoryStore } from '@tracellm/store/memory'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IngestCounters } from './counters.ts'
import { RecentRequests } from './ingest/recent-requests.ts'
import { defaultLimits } from './limits.ts'
import { listen, type Listening } from './listen.ts'
import { sampleApp, sampleNowUs } from './sample-app.ts'

const clock = () => sampleNowUs
const app = sampleApp(openMemoryStore({ clock }))
const counters = new IngestCounters()
const recent = new RecentRequests()
let listening: Listening

beforeAll(async () => {
  listening = await listen({ app, counters, recent, limits: defaultLimits, clock }, '127.0.0.1', 0)
})

afterAll(() => listening.close(0))

/** What comes back for the lines of a request's head. */
async function say(...lines: string[]): Promise<{ status: number; head: string; body: string }> {
  const socket = connect(listening.port, '127.0.0.1')
  let text = ''
  socket.on('data', (data) => (text += data.toString()))
  socket.write([...lines, 'Connection: close', '', ''].join('\r\n'))
  await once(socket, 'close')
  const [head = '', ...body] = text.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head, body: body.join('') }
}

const local = () => `localhost:${listening.port}`

describe('listen', () => {
  test('takes a request that names its host in its path too', async () => {
    expect((await say(`GET http://${local()}/projects HTTP/1.1`, `Host: ${local()}`)).status).toBe(200)
    expect((await say(`GET http://localhost:80/projects HTTP/1.1`, 'Host: LOCALHOST')).status).toBe(200)
  })

  test.each([
    ['a path and a Host of different names', 'GET http://evil.example/projects HTTP/1.1', 'is to evil.example, but'],
    ['the same the other way round', 'GET http://localhost:1/projects HTTP/1.1', 'is to localhost:1, but'],
    ['a path that is none', 'GET * HTTP/1.1', 'cannot be read'],
  ])('refuses %s', async (_, line, detail) => {
    const { status, body } = await say(line, `Host: ${local()}`)
    expect(status).toBe(400)
    expect(JSON.parse(body)).toMatchObject({ code: 'TL_BAD_REQUEST', detail: expect.stringContaining(detail) })
  })

  test.each(['HTTP/1.1', 'HTTP/1.0'])('says what a request of %s without a Host lacks', async (version) => {
    const { status, body } = await say(`GET /projects ${version}`)
    expect(status).toBe(400)
    expect(JSON.parse(body)).toMatchObject({ code: 'TL_BAD_REQUEST', detail: 'the request has no Host header' })
  })

  test('counts and lists a client of gRPC, with what to do', async () => {
    const { status, body } = await say('PRI * HTTP/2.0')
    expect(status).toBe(400)
    expect(recent.list({})).toMatchObject([{ status: 400, reason: 'not_http_1', advice: body }])
    expect(counters.counts).toMatchObject({
      refusedRequests: 1,
      rejections: [{ of: 'requests', reason: 'not_http_1', count: 1 }],
    })
  })

  test('refuses an OTLP request in its own encoding', async () => {
    const { status, head, body } = await say('POST /v1/traces HTTP/1.1', 'Content-Type: application/x-protobuf')
    expect(status).toBe(400)
    expect(head.toLowerCase()).toContain('content-type: application/x-protobuf')
    expect(body).toContain('the request has no Host header')
  })
})
