import { createClient, type Client } from '@tracellm/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectedTotals, geminiCliWithLogs, type ExpectedTotals } from '../../fixtures/otlp/expected-totals.ts'
import { startTracellm, type RunningTracellm } from '../start-tracellm.ts'
import { fixtureClients, orders, sendRecording } from './send-recording.ts'

let server: RunningTracellm

beforeAll(async () => {
  server = await startTracellm()
})

afterAll(async () => {
  await server?.[Symbol.asyncDispose]()
})

/** A project of its own for each sending: the same trace id under two keys is two traces. */
async function projectClient(name: string): Promise<{ client: Client; key: string }> {
  const { api_key: created } = await createClient({ baseUrl: server.url }).createProject({ name })
  return { client: createClient({ baseUrl: server.url, key: created.key }), key: created.key }
}

/** The log records of gemini-cli complete its spans. */
const expected = { ...expectedTotals, 'gemini-cli': geminiCliWithLogs }

async function totalsOf(client: Client): Promise<ExpectedTotals> {
  const { summary } = await client.readAnalytics()
  return {
    calls: summary.llm_calls,
    inputTokens: summary.input_tokens,
    outputTokens: summary.output_tokens,
    cacheReadTokens: summary.cache_read_tokens,
    cacheWriteTokens: summary.cache_write_tokens,
    reasoningTokens: summary.reasoning_tokens,
    errors: summary.error_spans,
  }
}

/** Everything that can be read of the traces, which must not depend on the order of sending either. */
async function outlineOf(client: Client): Promise<unknown> {
  const { items } = await client.listTraces({ limit: 200 })
  const traces = await Promise.all(items.map((trace) => client.readTrace(trace.trace_id, { include: 'bodies' })))
  return JSON.parse(JSON.stringify(traces, (key, value: unknown) => (differing.has(key) ? undefined : value)))
}

/** What each sending has of its own: when and where it was stored. */
const differing = new Set(['project_id', 'created_at', 'updated_at', 'body'])

describe.each(fixtureClients)('the recording of %s', (recorded) => {
  test('comes to the same totals, traces and bodies in whatever order it is sent', async () => {
    const outlines: unknown[] = []
    for (const order of orders) {
      const { client, key } = await projectClient(`${recorded} ${order}`)
      await sendRecording(recorded, order, server.url, { headers: { authorization: `Bearer ${key}` } })
      expect(await totalsOf(client)).toEqual(expected[recorded])
      outlines.push(await outlineOf(client))
    }
    for (const outline of outlines.slice(1)) expect(outline).toEqual(outlines[0])
  })
})
