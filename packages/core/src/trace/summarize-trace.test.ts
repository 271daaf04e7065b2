import { describe, expect, test } from 'vitest'
import type { Content } from '../span/message.ts'
import { sampleSpan, type SampleSpan } from './sample-span.ts'
import { summarizeTrace, traceMetadata, traceRelease, traceResource } from './summarize-trace.ts'
import { livingTrace } from './trace-status.ts'
import type { TraceSummary } from './trace.ts'

const text = (value: string): Content => ({ form: 'value', value })
const service = (name: string): SampleSpan['source'] => ({
  ...sampleSpan({ id: 1 }).source,
  resource: { attributes: { 'service.name': name } },
})

function child(id: number, endUs: number, status: 'ok' | 'error'): SampleSpan {
  return { id, parent: 1, endUs, status }
}

/** The summary of some spans, which comes out the same in either order. */
function summary(samples: readonly SampleSpan[]): TraceSummary {
  const spans = samples.map(sampleSpan)
  const forwards = summarizeTrace(spans, livingTrace)
  expect(summarizeTrace(spans.toReversed(), livingTrace)).toEqual(forwards)
  return forwards
}

describe('summarizeTrace', () => {
  test('adds up an agent with calls, a tool and a retry', () => {
    const call = { requestModel: 'gpt-4o', provider: 'openai', cost: { nanoUsd: 7, source: 'priced' } } as const
    expect(
      summary([
        { id: 1, name: 'assistant', type: 'agent', status: 'ok', startUs: 100, endUs: 900 },
        { id: 2, parent: 1, type: 'llm', startUs: 110, endUs: 200, status: 'error', call: { requestModel: 'gpt-4o' } },
        {
          id: 3,
          parent: 1,
          type: 'llm',
          startUs: 210,
          endUs: 300,
          call: { ...call, usage: { inputTokens: 100, outputTokens: 20, cacheReadTokens: 60, reasoningTokens: 5 } },
        },
        { id: 4, parent: 1, type: 'tool', startUs: 310, endUs: 400 },
        {
          id: 5,
          parent: 1,
          type: 'embedding',
          startUs: 105,
          endUs: 106,
          call: { requestModel: 'embed', usage: { inputTokens: 9, cacheWriteTokens: 2 } },
        },
      ]),
    ).toMatchObject({
      name: 'assistant',
      status: 'warning',
      startUs: 100,
      endUs: 900,
      model: 'gpt-4o',
      models: ['embed', 'gpt-4o'],
      llmCalls: 3,
      inputTokens: 109,
      outputTokens: 20,
      cacheReadTokens: 60,
      cacheWriteTokens: 2,
      reasoningTokens: 5,
      costNanoUsd: 7,
      unpricedCalls: 1,
      spanCount: 5,
      openSpans: 0,
      toolCalls: 1,
      errorCount: 1,
      retryCount: 1,
    })
  })

  test('reaches from the earliest start to the latest end, whoever the root is', () => {
    const spans = [
      { id: 1, startUs: 50, endUs: 60 },
      { id: 2, parent: 1, startUs: 40, endUs: 55 },
      { id: 3, parent: 1, startUs: 55, endUs: 90 },
    ]
    expect(summary(spans)).toMatchObject({ startUs: 40, endUs: 90 })
    expect(summary([...spans, { id: 4, parent: 1, endUs: undefined }])).toMatchObject({
      status: 'running',
      openSpans: 1,
    })
    expect(summary([...spans, { id: 4, parent: 1, endUs: undefined }]).endUs).toBeUndefined()
  })

  test('keeps the latest end of an interrupted trace, where any span has ended', () => {
    const lifecycle = { processGone: true, rootOverdue: false }
    const open = sampleSpan({ id: 1, endUs: undefined })
    expect(summarizeTrace([open], lifecycle)).toMatchObject({ status: 'interrupted', endUs: undefined })
    expect(summarizeTrace([open, sampleSpan({ id: 2, parent: 1, endUs: 7 })], lifecycle)).toMatchObject({ endUs: 7 })
  })

  test('fails with its root, and with the last child of an unset root', () => {
    expect(summary([{ id: 1 }, child(2, 5, 'ok'), child(3, 6, 'error')]).status).toBe('failed')
    expect(summary([{ id: 1 }, child(2, 7, 'ok'), child(3, 6, 'error')]).status).toBe('warning')
    expect(summary([{ id: 1, status: 'ok' }, child(3, 6, 'error')]).status).toBe('warning')
    expect(summary([{ id: 1, status: 'error' }, child(2, 5, 'ok')]).status).toBe('failed')
  })

  test('lets the earliest topmost span stand for a root that is overdue', () => {
    const orphan: SampleSpan = { id: 2, parent: 99, startUs: 5, name: 'orphan' }
    const spans = [{ ...orphan, id: 1, startUs: 8, name: 'later' }, orphan].map(sampleSpan)
    expect(summarizeTrace(spans, livingTrace)).toMatchObject({ status: 'running', name: 'orphan' })
    const lifecycle = { processGone: false, rootOverdue: true }
    expect(summarizeTrace(spans, lifecycle)).toMatchObject({ status: 'success', endUs: 18 })
  })

  test('lifts the first non-empty word of each kind, root first, and unites tags', () => {
    const lifted = summary([
      {
        id: 2,
        parent: 1,
        startUs: 1,
        context: { sessionId: 's2', userId: 'u2', tags: ['b', 'a'], environment: 'dev' },
      },
      { id: 1, startUs: 5, context: { sessionId: 's1', userId: '', tags: ['a', ''], traceName: 'named' } },
      { id: 3, parent: 1, startUs: 0, context: { userId: 'u3', tags: ['c'] } },
    ])
    expect(lifted).toMatchObject({ sessionId: 's1', userId: 'u3', environment: 'dev', tags: ['a', 'c', 'b'] })
    expect(lifted.name).toBe('named')
  })

  test('names the service of the root, else the first there is', () => {
    expect(summary([{ id: 1 }, { id: 2, parent: 1, source: service('api') }]).service).toBe('api')
    expect(
      summary([
        { id: 1, source: service('web') },
        { id: 2, source: service('api') },
      ]).service,
    ).toBe('web')
  })

  test('shows what the trace says it was asked, else its root, else its model calls', () => {
    const calls: SampleSpan[] = [
      { id: 2, parent: 1, type: 'llm', startUs: 1, endUs: 9, input: text('in 2'), output: text('out 2') },
      { id: 3, parent: 1, type: 'llm', startUs: 2, endUs: 5, input: text('in 3'), output: text('out 3') },
      { id: 4, parent: 1, type: 'tool', startUs: 0, endUs: 10, input: text('tool in'), output: text('tool out') },
    ]
    expect(summary([{ id: 1 }, ...calls])).toMatchObject({ prompt: 'in 2', response: 'out 2' })
    const root: SampleSpan = { id: 1, input: text('asked'), output: text('answered') }
    expect(summary([root, ...calls])).toMatchObject({ prompt: 'asked', response: 'answered' })
    const told: SampleSpan = {
      id: 5,
      parent: 1,
      context: { traceInput: text('told in'), traceOutput: text('told out') },
    }
    expect(summary([root, ...calls, told])).toMatchObject({ prompt: 'told in', response: 'told out' })
  })

  test('gives the reason of the root, else of the failed span that ended last', () => {
    const children: SampleSpan[] = [
      { ...child(2, 9, 'error'), error: { message: 'second' } },
      { ...child(3, 5, 'error'), error: { message: 'first' } },
      child(4, 12, 'error'),
    ]
    expect(summary([{ id: 1 }, ...children]).failureReason).toBe('second')
    const root: SampleSpan = { id: 1, endUs: 6, status: 'error', error: { type: 'Timeout' } }
    expect(summary([root, ...children]).failureReason).toBe('Timeout')
    expect(summary([{ ...root, error: { message: '🙂'.repeat(501) } }]).failureReason).toBe(`${'🙂'.repeat(499)}…`)
  })

  test('believes the declared status of a finished trace', () => {
    const context = { declaredStatus: 'failed' } as const
    expect(summary([{ id: 1, context }]).status).toBe('failed')
    expect(summary([{ id: 1, context, endUs: undefined }]).status).toBe('running')
  })

  test('warns of an answer cut by length, unless a wrapper alone says so', () => {
    const cut: SampleSpan = { id: 2, parent: 1, type: 'llm', call: { finishReasons: ['length'] } }
    expect(summary([{ id: 1 }, cut]).status).toBe('warning')
    expect(summary([{ id: 1 }, cut, { id: 3, parent: 2, type: 'llm' }]).status).toBe('success')
  })
})

describe('traceMetadata', () => {
  test('unites what all spans say, the root before the others', () => {
    const step = sampleSpan({ id: 2, parent: 1, context: { metadata: { tenant: 'b', plan: 'free' }, release: '2' } })
    const root = sampleSpan({ id: 1, startUs: 9, context: { metadata: { tenant: 'a' } } })
    expect(traceMetadata([step, root])).toEqual({ tenant: 'a', plan: 'free' })
    expect(traceRelease([step, root])).toBe('2')
  })
})

describe('traceResource', () => {
  test('is that of the root', () => {
    const spans = [sampleSpan({ id: 2, source: service('b') }), sampleSpan({ id: 1, source: service('a') })]
    expect(traceResource(spans)).toEqual({ attributes: { 'service.name': 'a' } })
  })
})
