import { describe, expect, test } from 'vitest'
import type { JoinRecord, JoinSpan } from './join-facts.ts'
import { joinLogs } from './join-logs.ts'
import { sampleCall, samplePrompt, sampleRecord, sampleSpan, sampleTool } from './join-sample.ts'

/** A prompt, a model call that ends a second later, and a tool that ends after another. */
function turn(promptId: string, fromMs: number): JoinRecord[] {
  return [
    samplePrompt({ atMs: fromMs, promptId }),
    sampleCall({ atMs: fromMs + 1000, promptId, sequence: 1 }),
    sampleTool({ atMs: fromMs + 2000, promptId, sequence: 2 }),
  ]
}

/** Whose each record is: the id of a span, `stand-in`, or nothing. */
function ownersOf(spans: readonly JoinSpan[], records: readonly JoinRecord[]): (string | undefined)[] {
  const { recordsOf, standIns } = joinLogs(spans, records)
  return records.map((record) => {
    const span = [...recordsOf].find(([, own]) => own.includes(record))?.[0]
    const standIn = standIns.find((each) => each.records.includes(record))
    expect(span !== undefined && standIn !== undefined).toBe(false)
    return span?.spanId ?? (standIn && 'stand-in')
  })
}

/** A record of the conventions. */
function choice({ span }: { span: string }): JoinRecord {
  return sampleRecord({ atMs: 1500, about: 'named', name: 'gen_ai.choice', trace: 't', span })
}

describe('joinLogs, records of the conventions', () => {
  test('are of the span that they name, of whatever type, any number of them', () => {
    const records = [choice({ span: 'b' }), choice({ span: 'b' }), choice({ span: 'a' })]
    expect(ownersOf([sampleSpan('a'), sampleSpan('b', { type: 'agent' })], records)).toEqual(['b', 'b', 'a'])
  })

  test('wait for the span that they name', () => {
    expect(ownersOf([sampleSpan('a')], [choice({ span: 'b' })])).toEqual([undefined])
    expect(ownersOf([sampleSpan('a', { trace: 'u' })], [choice({ span: 'a' })])).toEqual([undefined])
  })

  test('are of a stand-in while that span has not come', () => {
    expect(ownersOf([], [sampleCall({ atMs: 2000 }), choice({ span: 'b' })])).toEqual(['stand-in', 'stand-in'])
  })

  test('evaluate the call with a response id, in the trace that they name or anywhere, whenever that was', () => {
    const spans = [sampleSpan('a', { callKey: 7 }), sampleSpan('b', { trace: 'u', callKey: 8, sessionId: undefined })]
    const evaluation = { about: 'response', atMs: 900_000, sessionId: undefined } as const
    const records = [
      sampleRecord({ ...evaluation, callKey: 7 }),
      sampleRecord({ ...evaluation, callKey: 8 }),
      sampleRecord({ ...evaluation, callKey: 8, trace: 't' }),
      sampleRecord({ ...evaluation, callKey: 9 }),
    ]
    expect(ownersOf(spans, records)).toEqual(['a', 'b', undefined, undefined])
  })
})

describe('joinLogs, records of coding agents', () => {
  test('are of the same call, be it at another time', () => {
    const spans = [sampleSpan('a'), sampleSpan('b', { fromMs: 60_000, callKey: 7 })]
    expect(ownersOf(spans, [sampleCall({ atMs: 2000, callKey: 7 })])).toEqual(['b'])
  })

  test('are of the span that they name, where it is of their kind', () => {
    const spans = [
      sampleSpan('turn', { type: 'agent', fromMs: 0, toMs: 9000 }),
      sampleSpan('a', { fromMs: 60_000 }),
      sampleSpan('b'),
    ]
    expect(ownersOf(spans, [sampleCall({ atMs: 2000, trace: 't', span: 'a' })])).toEqual(['a'])
    expect(ownersOf(spans, [sampleCall({ atMs: 2000, trace: 't', span: 'turn' })])).toEqual(['b'])
  })

  test('are of what took place at the same time: calls one after the other are told apart', () => {
    const spans = [1000, 2000, 3000].map((fromMs) => sampleSpan(`from ${fromMs}`, { fromMs, toMs: fromMs + 990 }))
    const records = [3991, 1991, 2991].map((atMs) => sampleCall({ atMs, tookMs: 985 }))
    expect(ownersOf(spans, records)).toEqual(['from 3000', 'from 1000', 'from 2000'])
  })

  test('are each told once of a span, so that calls side by side get the nearest', () => {
    const spans = [sampleSpan('a', { toMs: 2000 }), sampleSpan('b', { toMs: 2100 })]
    const records = [sampleCall({ atMs: 2101, tookMs: 1100 }), sampleCall({ atMs: 2002 })]
    expect(ownersOf(spans, records)).toEqual(['b', 'a'])
  })

  test('fill in by output at the end of a call, by input at its start', () => {
    const spans = [sampleSpan('a'), sampleSpan('b', { fromMs: 2001, toMs: 3000 })]
    const content = { parts: 1, isOneOfMany: false }
    const records = [
      sampleRecord({ atMs: 2000, name: 'answer', output: content }),
      sampleRecord({ atMs: 2000, name: 'question', input: content }),
    ]
    expect(ownersOf(spans, records)).toEqual(['a', 'b'])
  })

  test('do not mind a span of another time, session or kind', () => {
    const spans = [
      sampleSpan('later', { fromMs: 60_000 }),
      sampleSpan('foreign', { sessionId: 'other', trace: 'u' }),
      sampleSpan('tool', { type: 'tool' }),
    ]
    expect(ownersOf(spans, [sampleCall({ atMs: 2000 })])).toEqual(['stand-in'])
  })

  test('tell tools apart by the ids of their calls', () => {
    const spans = [1, 2].map((callKey) => sampleSpan(`${callKey}`, { type: 'tool', callKey }))
    const records = [3, 2, 1].map((callKey) => sampleTool({ atMs: 2000, callKey }))
    expect(ownersOf(spans, records)).toEqual(['stand-in', '2', '1'])
  })

  test('tell of models by other ids than spans: the same time is enough', () => {
    expect(ownersOf([sampleSpan('a', { callKey: 1 })], [sampleCall({ atMs: 2000, callKey: 2 })])).toEqual(['a'])
  })

  test('that share the id of a call among several go by time', () => {
    const spans = [1000, 3000].map((fromMs) => sampleSpan(`from ${fromMs}`, { fromMs, callKey: 7 }))
    const records = [4000, 2000].map((atMs) => sampleCall({ atMs, callKey: 7 }))
    expect(ownersOf(spans, records)).toEqual(['from 3000', 'from 1000'])
  })

  test('are of a call where they tell of an attempt within it that failed', () => {
    const spans = [sampleSpan('a', { fromMs: 1000, toMs: 9000 })]
    const records = [
      sampleCall({ atMs: 2000, name: 'agent.error', failed: true }),
      sampleCall({ atMs: 9000, tookMs: 6000 }),
    ]
    expect(ownersOf(spans, records)).toEqual(['a', 'a'])
  })

  test('find an open span by its start', () => {
    const spans = [sampleSpan('a', { toMs: null }), sampleSpan('b', { fromMs: 5000, toMs: null })]
    expect(ownersOf(spans, [sampleCall({ atMs: 7000, tookMs: 2000 })])).toEqual(['b'])
  })
})

describe('joinLogs, stand-ins', () => {
  test('are a trace of each prompt: an agent, its steps below it, from start to end', () => {
    const { standIns, recordsOf } = joinLogs([], [...turn('p', 1000), ...turn('q', 9000)])
    expect(recordsOf.size).toBe(0)
    const [first, second] = [...Map.groupBy(standIns, ({ traceId }) => traceId).values()]
    expect(first!.map(({ type, name, startUs, endUs }) => [type, name, startUs / 1000, endUs / 1000])).toEqual([
      ['agent', 'agent', 1000, 3000],
      ['llm', 'large', 1000, 2000],
      ['tool', 'Bash', 2000, 3000],
    ])
    expect(first!.map(({ parentId }) => parentId)).toEqual([undefined, first![0]!.spanId, first![0]!.spanId])
    expect(second).toHaveLength(3)
    expect(new Set(standIns.map(({ spanId }) => spanId)).size).toBe(6)
    for (const { traceId, spanId } of standIns) expect([traceId, spanId].join()).toMatch(/^[0-9a-f]{32},[0-9a-f]{16}$/)
  })

  test('have the prompt as input and the last answer as output', () => {
    const [prompt, call, tool] = turn('p', 1000)
    const content = { parts: 1, isOneOfMany: false }
    const answers = [1900, 2900].map((atMs) => sampleRecord({ atMs, name: 'answer', promptId: 'p', output: content }))
    const last = sampleCall({ atMs: 3000, promptId: 'p', sequence: 3 })
    const { standIns } = joinLogs([], [prompt!, call!, tool!, last, ...answers])
    expect(standIns[0]).toMatchObject({ type: 'agent', fill: { input: [prompt], output: [answers[1]] } })
    expect(standIns.filter(({ type }) => type === 'llm').map(({ fill }) => fill?.output)).toEqual([
      [answers[0]],
      [answers[1]],
    ])
  })

  test('go one by one as spans come, and the trace with the last', () => {
    const records = turn('p', 1000)
    const llm = sampleSpan('llm')
    const tool = sampleSpan('tool', { type: 'tool', fromMs: 2000 })
    const ids = (spans: readonly JoinSpan[]): string[] => joinLogs(spans, records).standIns.map(({ spanId }) => spanId)
    const [root, call, use] = ids([])
    expect(ids([llm])).toEqual([root, use])
    expect(ids([tool])).toEqual([root, call])
    expect(ids([llm, tool])).toEqual([])
  })

  test('a prompt without steps has a trace until its session goes on in spans', () => {
    const [prompt] = turn('p', 1000)
    const before = sampleSpan('before', { type: 'chain', fromMs: 100, toMs: 800 })
    const after = sampleSpan('after', { type: 'chain', fromMs: 1100 })
    expect(ownersOf([before], [prompt!])).toEqual(['stand-in'])
    expect(ownersOf([before, after], [prompt!])).toEqual(['after'])
    expect(ownersOf([before, after], [prompt!, samplePrompt({ atMs: 1050, promptId: 'q' })])).toEqual([
      'stand-in',
      'after',
    ])
  })

  test('a prompt is of its agent, else of the first of its steps', () => {
    const steps = [sampleSpan('llm'), sampleSpan('tool', { type: 'tool', fromMs: 2000 })]
    const agent = sampleSpan('turn', { type: 'agent', fromMs: 900, toMs: 5000 })
    expect(ownersOf(steps, turn('p', 1000))).toEqual(['llm', 'llm', 'tool'])
    expect(ownersOf([...steps, agent], turn('p', 1000))).toEqual(['turn', 'llm', 'tool'])
  })

  test('a prompt that has its span is not theirs too, nor is one that was logged twice nobody’s', () => {
    const agent = sampleSpan('agent', { type: 'agent', fromMs: 1000, toMs: 9000 })
    const [prompt, call] = turn('p', 1000)
    const again = samplePrompt({ atMs: 1100, promptId: 'p' })
    expect(ownersOf([agent], [prompt!, call!])).toEqual(['agent', 'stand-in'])
    expect(ownersOf([], [prompt!, again, call!])).toEqual(['stand-in', 'stand-in', 'stand-in'])
    expect(ownersOf([sampleSpan('a')], [prompt!, again, call!])).toEqual(['a', 'a', 'a'])
  })

  test('without ids of prompts, steps are of the last one logged', () => {
    const records = [
      sampleCall({ atMs: 500, tookMs: 10 }),
      samplePrompt({ atMs: 1000 }),
      sampleCall({ atMs: 2000, tookMs: 10 }),
      samplePrompt({ atMs: 3000 }),
      sampleCall({ atMs: 4000, tookMs: 10 }),
      sampleCall({ atMs: 5000, tookMs: 10 }),
    ]
    const { standIns } = joinLogs([], records)
    const traces = [...Map.groupBy(standIns, ({ traceId }) => traceId).values()]
    expect(traces.map((trace) => trace.map(({ type }) => type))).toEqual([
      ['agent', 'llm'],
      ['agent', 'llm'],
      ['agent', 'llm', 'llm'],
    ])
  })

  test('need a session', () => {
    expect(joinLogs([], [sampleCall({ atMs: 2000, sessionId: undefined, trace: 't' })]).standIns).toEqual([])
  })

  test('of one number in one prompt are two all the same', () => {
    const twice = [2000, 4000].map((atMs) => sampleCall({ atMs, promptId: 'p', sequence: 1 }))
    expect(new Set(joinLogs([], twice).standIns.map(({ spanId }) => spanId)).size).toBe(3)
  })
})
