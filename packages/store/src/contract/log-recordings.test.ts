import type { LogEvent, Span } from '@tracellm/core'
import { logPlaces, mapLog, mapSpan } from '@tracellm/core/mapping'
import { readLogsJson, type DecodedLog } from '@tracellm/core/otlp'
import { assert, asyncProperty, shuffledSubarray, tuple, type Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeRequest } from '../../../../fixtures/otlp/decode-request.ts'
import { expectedTotals, geminiCliWithLogs, type ExpectedTotals } from '../../../../fixtures/otlp/expected-totals.ts'
import { readFixture, type FixtureClient } from '../../../../fixtures/otlp/read-fixture.ts'
import { openMemoryStore } from '../memory/memory-store.ts'
import type { TraceStore } from '../port/trace-store.ts'
import { oneThreadStore } from '../sqlite/one-thread-store.ts'
import { openStoreFixture } from '../sqlite/store-fixture.ts'
import { listAll, readWhole, spansOf } from './read-whole.ts'
import { batchOf, projectA } from './span-samples.ts'

const stores: readonly (readonly [name: string, open: () => TraceStore])[] = [
  ['in memory', () => openMemoryStore({ clock: () => 1 })],
  ['in SQLite', () => oneThreadStore(openStoreFixture())],
]

const scope = { projectId: projectA }
const ever = { fromUs: 0, toUs: Number.MAX_SAFE_INTEGER, interval: 'day' } as const

interface Recording {
  readonly spans: readonly Span[]
  readonly logEvents: readonly LogEvent[]
}

function recordingOf(client: FixtureClient): Recording {
  const requests = readFixture(client).map(decodeRequest)
  return {
    spans: requests.flatMap(({ spans }) => spans).map((span) => mapSpan(span, { receivedUs: 1 })),
    logEvents: requests.flatMap(({ logs }) => eventsOf(logs)),
  }
}

/** The events of one request. */
function eventsOf(logs: readonly DecodedLog[]): LogEvent[] {
  const inPlace = logPlaces()
  return logs.flatMap((log) => mapLog(log, { receivedUs: 1 }) ?? []).map(inPlace)
}

async function filled(store: TraceStore, { spans, logEvents }: Recording): Promise<TraceStore> {
  await store.write(batchOf(spans, { logEvents }))
  return store
}

async function totalsOf(store: TraceStore): Promise<ExpectedTotals> {
  const { summary } = await store.readAnalytics(scope, ever)
  return {
    calls: summary.llmCalls,
    inputTokens: summary.inputTokens,
    outputTokens: summary.outputTokens,
    cacheReadTokens: summary.cacheReadTokens,
    cacheWriteTokens: summary.cacheWriteTokens,
    reasoningTokens: summary.reasoningTokens,
    errors: summary.errorSpans,
  }
}

async function everythingIn(store: TraceStore): Promise<unknown> {
  const rows = await listAll(store, scope)
  const { summary } = await store.readAnalytics(scope, ever)
  return { wholes: await Promise.all(rows.map(({ traceId }) => readWhole(store, scope, traceId))), summary }
}

const clients = ['claude-code', 'gemini-cli', 'otel-contrib-openai', 'otel-manual-json', 'mastra-otel'] as const

function joinedTotals(client: FixtureClient): ExpectedTotals {
  return client === 'gemini-cli' ? geminiCliWithLogs : expectedTotals[client]
}

describe.each(stores)('log records of recordings, %s', (_, open) => {
  test.each(clients)('%s: with them the totals are exact, and no trace is added', async (client) => {
    const recording = recordingOf(client)
    await using store = await filled(open(), recording)
    expect(await totalsOf(store)).toEqual(joinedTotals(client))
    const traces = new Set(recording.spans.map(({ traceId }) => traceId))
    expect(new Set((await listAll(store, scope)).map(({ traceId }) => traceId))).toEqual(traces)
  })

  test.each([
    ['claude-code', ['agent', 'llm', 'tool', 'llm']],
    ['gemini-cli', ['agent', 'llm', 'tool', 'llm']],
  ] as const)('%s: without spans they are a trace that comes to the same', async (client, types) => {
    await using store = await filled(open(), { ...recordingOf(client), spans: [] })
    expect(await totalsOf(store)).toEqual(joinedTotals(client))
    const [row, ...others] = await listAll(store, scope)
    expect(others).toEqual([])
    expect(row).toMatchObject({
      name: client,
      status: 'success',
      prompt: 'Weather in Paris?',
      response: 'The weather in Paris is 18 degrees and sunny.',
    })
    const spans = await spansOf(store, scope, row!.traceId)
    expect(spans.map(({ span }) => [span.type, span.origin])).toEqual(types.map((type) => [type, 'log']))
  })

  test('claude-code: what calls cost, and the last answer', async () => {
    await using store = await filled(open(), recordingOf('claude-code'))
    const [row] = await listAll(store, scope)
    expect(row).toMatchObject({ costNanoUsd: 1_004_800, unpricedCalls: 0, spanCount: 6 })
    const calls = (await spansOf(store, scope, row!.traceId)).filter(({ span }) => span.type === 'llm')
    expect(calls.map(({ span }) => span.output)).toEqual([undefined, expect.objectContaining({ form: 'messages' })])
  })

  test('otel-contrib-openai: conversations, each message once and in order', async () => {
    await using store = await filled(open(), recordingOf('otel-contrib-openai'))
    const rows = await listAll(store, scope)
    const spans = (await Promise.all(rows.map(({ traceId }) => spansOf(store, scope, traceId)))).flat()
    const roles = spans
      .toSorted((one, other) => one.span.startUs - other.span.startUs)
      .map(({ span: { input, output } }) =>
        [input, output].map((content) => content?.form === 'messages' && content.messages.map(({ role }) => role)),
      )
    const [ask, answer] = [['system', 'user'], ['assistant']]
    expect(roles).toEqual([
      [ask, answer],
      [['system', 'user', 'assistant', 'tool'], answer],
      [ask, answer],
      [false, false],
      [ask, answer],
      [ask, false],
    ])
  })

  test.each(clients)('%s: the same in any order, one by one and twice', async (client) => {
    const recording = recordingOf(client)
    await using whole = await filled(open(), recording)
    const wanted = await everythingIn(whole)
    await assert(
      asyncProperty(oneByOne(recording), async (items) => {
        await using store = open()
        for (const item of items) {
          await store.write('kind' in item ? batchOf([item]) : batchOf([], { logEvents: [item] }))
        }
        expect(await everythingIn(store)).toEqual(wanted)
      }),
      { seed: 1, numRuns: 8 },
    )
  })
})

/** Everything in some order, and some of it again. */
function oneByOne({ spans, logEvents }: Recording): Arbitrary<(Span | LogEvent)[]> {
  const all = [...spans, ...logEvents]
  return tuple(shuffledSubarray(all, { minLength: all.length }), shuffledSubarray(all)).map(([first, again]) => [
    ...first.slice(0, 5),
    ...again,
    ...first.slice(5),
  ])
}

/** A record without an id of its prompt, with numbers as text, as Codex writes them. */
function said(second: number, name: string, attributes: Record<string, string>): object {
  return {
    observedTimeUnixNano: `${1_795_000_000 + second}000000000`,
    attributes: Object.entries({ 'event.name': name, 'conversation.id': 'c1', model: 'gpt-mock', ...attributes }).map(
      ([key, stringValue]) => ({ key, value: { stringValue } }),
    ),
  }
}

function completed(second: number, input: number, output: number): object {
  return said(second, 'codex.sse_event', {
    'event.kind': 'response.completed',
    input_token_count: `${input}`,
    output_token_count: `${output}`,
    cached_token_count: '10',
    reasoning_token_count: '5',
  })
}

function codexLogs(): LogEvent[] {
  const logRecords = [
    said(0, 'codex.conversation_starts', {}),
    said(1, 'codex.user_prompt', { prompt: 'List files' }),
    said(2, 'codex.api_request', { duration_ms: '200', 'error.message': 'overloaded' }),
    completed(4, 42, 17),
    said(5, 'codex.tool_result', { tool_name: 'shell', call_id: 'k1', success: 'true', output: 'a.txt' }),
    completed(7, 60, 17),
    said(20, 'codex.user_prompt', { prompt: 'Thanks' }),
    completed(22, 80, 17),
  ]
  const request = { resourceLogs: [{ scopeLogs: [{ scope: { name: 'codex_otel.log_only' }, logRecords }] }] }
  return eventsOf(readLogsJson(new TextEncoder().encode(JSON.stringify(request))).logs)
}

describe.each(stores)('log records of Codex, %s', (_, open) => {
  test('are a trace of each prompt, with its calls and tools', async () => {
    await using store = await filled(open(), { spans: [], logEvents: codexLogs() })
    expect(await totalsOf(store)).toMatchObject({ calls: 4, inputTokens: 182, outputTokens: 51, reasoningTokens: 15 })
    const rows = (await listAll(store, scope)).toReversed()
    expect(rows).toMatchObject([
      { name: 'codex', prompt: 'List files', sessionId: 'c1', llmCalls: 3, toolCalls: 1, errorCount: 1, retryCount: 1 },
      { name: 'codex', prompt: 'Thanks', sessionId: 'c1', llmCalls: 1, toolCalls: 0, status: 'success' },
    ])
  })
})
