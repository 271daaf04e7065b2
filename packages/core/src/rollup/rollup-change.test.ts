import { describe, expect, test } from 'vitest'
import type { ProjectId } from '../ids/ids.ts'
import { countedNothing } from '../trace/count-once.ts'
import { bucketOf } from './histogram.ts'
import { spanRollupChange, traceRollupChange, type SpanInRollup, type TraceInRollup } from './rollup-change.ts'
import { noSums } from './rollup-sums.ts'

const minuteUs = 60_000_000
const projectId = 'p' as ProjectId

const call: SpanInRollup = {
  projectId,
  environment: 'prod',
  step: {
    name: 'chat',
    type: 'llm',
    model: 'gpt-4o',
    startUs: minuteUs + 5,
    durationUs: 1000,
    status: 'ok',
    attempt: 2,
    inputTokens: 10,
    outputTokens: 3,
    cacheReadTokens: 4,
    costNanoUsd: 9,
  },
  counted: { call: true, usage: true, cost: true, unpriced: false },
}
const callSums = {
  ...noSums,
  count: 1,
  calls: 1,
  inputTokens: 10,
  outputTokens: 3,
  cacheReadTokens: 4,
  costNanoUsd: 9,
  retries: 1,
  durationUs: 1000,
  histogram: new Map([[bucketOf(1000), 1]]),
}
const callDims = {
  projectId,
  environment: 'prod',
  model: 'gpt-4o',
  type: 'llm',
  name: 'chat',
  tool: undefined,
  status: 'ok',
}

describe('spanRollupChange', () => {
  test('adds a new span in the minute it starts', () => {
    expect(spanRollupChange(undefined, call)).toEqual([{ bucketUs: minuteUs, dims: callDims, sums: callSums }])
  })

  test('takes out exactly what was added', () => {
    const [change, ...more] = spanRollupChange(call, undefined)
    expect(more).toEqual([])
    expect(change!.sums).toMatchObject({ count: -1, inputTokens: -10, costNanoUsd: -9, durationUs: -1000 })
    expect(change!.sums.histogram).toEqual(new Map([[bucketOf(1000), -1]]))
  })

  test('changes nothing for a span that stands as it stood', () => {
    expect(spanRollupChange(call, { ...call })).toEqual([])
  })

  test('gives the difference where a span stays in its row', () => {
    const [change, ...more] = spanRollupChange(call, {
      ...call,
      step: { ...call.step, inputTokens: 12, durationUs: 2000 },
    })
    expect(more).toEqual([])
    expect(change!.sums).toEqual({
      ...noSums,
      inputTokens: 2,
      durationUs: 1000,
      histogram: new Map([
        [bucketOf(2000), 1],
        [bucketOf(1000), -1],
      ]),
    })
  })

  test('moves a span whose dimensions or minute change', () => {
    const failed: SpanInRollup = { ...call, step: { ...call.step, status: 'error' } }
    expect(spanRollupChange(call, failed).map(({ dims, sums }) => [dims.status, sums.count])).toEqual([
      ['ok', -1],
      ['error', 1],
    ])
    const later: SpanInRollup = { ...call, step: { ...call.step, startUs: 2 * minuteUs } }
    expect(spanRollupChange(call, later).map((row) => row.bucketUs)).toEqual([minuteUs, 2 * minuteUs])
  })

  test('keeps of a wrapper that counts nothing only that it was there', () => {
    expect(spanRollupChange(undefined, { ...call, counted: countedNothing })[0]!.sums).toEqual({
      ...noSums,
      count: 1,
      retries: 1,
    })
  })

  test('counts tools by what they are, with their time and without a model', () => {
    const tool: SpanInRollup = {
      ...call,
      step: { ...call.step, type: 'tool', name: 'search' },
      counted: countedNothing,
    }
    const [change] = spanRollupChange(undefined, tool)
    expect(change!.dims).toMatchObject({ type: 'tool', tool: 'search', model: undefined })
    expect(change!.sums).toMatchObject({ count: 1, calls: 0, inputTokens: 0, durationUs: 1000 })
  })
})

describe('traceRollupChange', () => {
  const trace: TraceInRollup = {
    projectId,
    trace: { name: 'run', status: 'success', startUs: 5, endUs: 1005, environment: undefined, model: 'gpt-4o' },
    slow: true,
  }
  const running: TraceInRollup = { ...trace, trace: { ...trace.trace, status: 'running', endUs: undefined } }

  test('counts a finished trace with its latency', () => {
    const [change] = traceRollupChange(running, trace)
    expect(change!.dims).toMatchObject({ type: 'trace', name: 'run', status: 'success', model: 'gpt-4o' })
    expect(change!.sums).toEqual({
      ...noSums,
      count: 1,
      slow: 1,
      durationUs: 1000,
      histogram: new Map([[bucketOf(1000), 1]]),
    })
  })

  test('leaves running traces out, and takes one out that runs again', () => {
    expect(traceRollupChange(undefined, running)).toEqual([])
    expect(traceRollupChange(trace, running)[0]!.sums).toMatchObject({ count: -1, durationUs: -1000 })
  })
})
