import { describe, expect, test } from 'vitest'
import { ClientError, hasCode } from './client-error.ts'
import { createClient } from './create-client.ts'

interface Sent {
  readonly url: string
  readonly init: RequestInit
}

/** A client of a server that answers everything in one way, and what it was sent. */
function clientOf(answer: () => Response, key?: string) {
  const sent: Sent[] = []
  const client = createClient({
    baseUrl: 'http://127.0.0.1:8000',
    key,
    fetch(url, init) {
      sent.push({ url, init })
      return answer()
    },
  })
  return { client, sent }
}

function problem(body: object, status: number): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } })
}

describe('createClient', () => {
  test('writes numbers and lists into the query and leaves out what is undefined', async () => {
    const { client, sent } = clientOf(() => Response.json({ items: [], next_cursor: null }))
    await client.listTraces({ limit: 20, model: 'gpt-4 & co', status: undefined })
    await client.readSteps('5b8efff798038103d269b633813fc60c', { ids: ['eee19b7ec3c1b174', 'aae19b7ec3c1b174'] })

    expect(sent.map(({ url }) => url)).toEqual([
      'http://127.0.0.1:8000/traces?limit=20&model=gpt-4+%26+co',
      'http://127.0.0.1:8000/traces/5b8efff798038103d269b633813fc60c/steps?ids=eee19b7ec3c1b174%2Caae19b7ec3c1b174',
    ])
  })

  test('asks for JSON, since a browser navigation would get the dashboard', async () => {
    const { client, sent } = clientOf(() => Response.json({ items: [] }))
    await client.listTraces()

    expect(sent[0]!.init).toEqual({ method: 'GET', headers: { accept: 'application/json' } })
  })

  test('sends a body as JSON, and its key', async () => {
    const { client, sent } = clientOf(() => Response.json({ traces: [] }), 'tlm_sk_secret')
    await client.sendTraces({ prompt: 'Where is my parcel?' })

    expect(sent[0]!.init).toEqual({
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: 'Bearer tlm_sk_secret',
        'content-type': 'application/json',
      },
      body: '{"prompt":"Where is my parcel?"}',
    })
  })

  test('looks for a key at every request', async () => {
    const keys = [undefined, 'tlm_sk_now']
    const seen: unknown[] = []
    const client = createClient({
      key: () => keys.shift(),
      fetch: (_url, init) => {
        seen.push(new Headers(init.headers).get('authorization'))
        return Response.json({})
      },
    })
    await client.readHealth()
    await client.readHealth()

    expect(seen).toEqual([null, 'Bearer tlm_sk_now'])
  })

  test('keeps ids inside their part of the path', async () => {
    const { client, sent } = clientOf(() => Response.json({}))
    await client.revokeApiKey('a/../b?c')

    expect(sent[0]!.url).toBe('http://127.0.0.1:8000/api-keys/a%2F..%2Fb%3Fc')
  })

  test('throws what the server says is wrong', async () => {
    const { client } = clientOf(() =>
      problem(
        {
          type: 'about:blank',
          title: 'Trace not found',
          status: 404,
          detail: 'No trace a1.',
          code: 'TL_TRACE_NOT_FOUND',
          fix: 'Check the id.',
        },
        404,
      ),
    )
    const error = await client.readTrace('a1').catch((thrown: unknown) => thrown)

    expect(error).toBeInstanceOf(ClientError)
    expect(error).toMatchObject({
      code: 'TL_TRACE_NOT_FOUND',
      status: 404,
      detail: 'No trace a1.',
      fix: 'Check the id.',
    })
    expect(hasCode(error, 'TL_TRACE_NOT_FOUND')).toBe(true)
    expect(hasCode(error, 'TL_SPAN_NOT_FOUND')).toBe(false)
  })

  test('tells an answer of another program from one of ours', async () => {
    const { client } = clientOf(() => new Response('<h1>It works</h1>', { status: 502 }))

    await expect(client.listTraces()).rejects.toMatchObject({
      code: 'TL_SERVER_UNREACHABLE',
      status: 502,
      detail: 'http://127.0.0.1:8000/traces answered 502 without saying why, so it may be another program',
    })
  })

  test('says that nobody answers, and why', async () => {
    const refused = new TypeError('fetch failed')
    const { client } = clientOf(() => {
      throw refused
    })

    await expect(client.readHealth()).rejects.toMatchObject({
      code: 'TL_SERVER_UNREACHABLE',
      status: 0,
      cause: refused,
    })
  })

  test('an aborted call throws the reason it was aborted for', async () => {
    const aborting = new AbortController()
    const { client } = clientOf(() => {
      aborting.abort(new Error('the page was left'))
      throw new TypeError('fetch failed')
    })

    await expect(client.readHealth({ signal: aborting.signal })).rejects.toThrow('the page was left')
  })
})
