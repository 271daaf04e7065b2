import {
  analyseTrace,
  inputText,
  livingTrace,
  outputText,
  summarizeTrace,
  traceMetadata,
  traceRelease,
  type Span,
  type SpanId,
  type TraceContext,
  type TraceId,
  type TraceLifecycle,
} from '@tracellm/core'
import {
  array,
  assert,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  option,
  property,
  record,
  type Arbitrary,
} from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callOf, spanOf } from '../contract/span-samples.ts'
import { bitsOfCounted, factsOf, type SaidContext, type SpanFacts } from './span-facts.ts'
import { TraceState, type SpanState } from './trace-state.ts'
import type { TextSource } from './trace-texts.ts'

const spanId = (id: number): SpanId => (id + 1).toString(16).padStart(16, '0') as SpanId

const anyContext = record(
  {
    sessionId: constantFrom('s1', 's2', ''),
    traceName: constantFrom('named', ''),
    environment: constantFrom('test', 'live'),
    tags: array(constantFrom('a', 'b', 'c', ''), { maxLength: 2 }),
    metadata: record({ x: nat(2), y: nat(2) }, { requiredKeys: [] }),
    release: constant('r1'),
    declaredStatus: constantFrom('failed' as const, 'success' as const),
    traceInput: constant({ form: 'value' as const, value: 'asked of all' }),
    traceOutput: constant({ form: 'value' as const, value: 'answered by all' }),
  },
  { requiredKeys: [] },
)

/** Said by many: whoever is first to say it may go, or start later, while others say it still. */
const commonContexts: TraceContext[] = [
  { sessionId: 's1', tags: ['a', 'b'], metadata: { x: 1 } },
  { sessionId: 's2', tags: ['b', 'a'], metadata: { x: 2 } },
]

/** Few ids, times and names, so that spans meet: parents known and unknown, circles, ties, retries, nested calls. */
const smallSpan: Arbitrary<Span> = record({
  id: nat(11),
  parent: option(nat(13), { freq: 4 }),
  startUs: nat(8),
  lengthUs: option(nat(5), { freq: 5 }),
  type: constantFrom('llm', 'llm', 'tool', 'agent', 'chain', 'embedding', 'span'),
  status: constantFrom('unset', 'ok', 'error'),
  model: option(constantFrom('small', 'large')),
  asked: option(constantFrom('small', 'large')),
  usage: option(record({ inputTokens: nat(9), outputTokens: nat(9) })),
  cost: option(nat(9)),
  finish: constantFrom('stop', 'length'),
  message: option(constantFrom('broke', 'timed out', '')),
  attempt: option(integer({ min: 1, max: 3 }), { freq: 8 }),
  input: option(constantFrom('question', ' ')),
  output: option(constantFrom('answer', 'other')),
  context: option(oneof(constantFrom(...commonContexts), anyContext), { freq: 2 }),
  service: option(constantFrom('shop', 'bank')),
}).map((said): Span => ({
  traceId: '0af7651916cd43dd8448eb211c80319c' as TraceId,
  spanId: spanId(said.id),
  parentId: said.parent === null ? undefined : spanId(said.parent),
  name: `span ${said.id}`,
  type: said.type,
  kind: 'internal',
  status: said.status,
  error: said.message === null ? undefined : { message: said.message },
  startUs: said.startUs,
  endUs: said.lengthUs === null ? undefined : said.startUs + said.lengthUs,
  origin: 'span',
  declaredAttempt: said.attempt ?? undefined,
  call: {
    provider: said.model === null ? undefined : `maker of ${said.model}`,
    requestModel: said.asked ?? undefined,
    responseModel: said.model ?? undefined,
    usage: said.usage ?? undefined,
    cost: said.cost === null ? undefined : { nanoUsd: said.cost, source: 'reported' },
    finishReasons: [said.finish],
  },
  tool: said.type === 'tool' ? { name: said.model ?? undefined } : undefined,
  input: said.input === null ? undefined : { form: 'value', value: said.input },
  output: said.output === null ? undefined : { form: 'value', value: said.output },
  context: said.context ?? {},
  attributes: {},
  events: [],
  links: [],
  source: {
    resource: { attributes: said.service === null ? {} : { 'service.name': said.service } },
    scope: {},
    dialects: [],
    usedKeys: [],
    mappingVersion: 1,
  },
}))

/** Parents have smaller numbers: a tree, as spans should be. */
const treeSpan = smallSpan.map((span): Span => {
  const id = Number.parseInt(span.spanId, 16)
  const parent = span.parentId && Number.parseInt(span.parentId, 16)
  return { ...span, parentId: parent === undefined || id < 2 ? undefined : spanId(parent % (id - 1)) }
})

/** What happens to a trace: a span comes or comes again in another version, or one goes. */
const steps = (spans: Arbitrary<Span>): Arbitrary<(Span | undefined)[][]> =>
  array(array(option(spans, { freq: 8, nil: undefined }), { maxLength: 8 }), { maxLength: 6 })
const anyLifecycle = constantFrom<TraceLifecycle>(
  livingTrace,
  { processGone: true, rootOverdue: false },
  { processGone: false, rootOverdue: true },
)

/** Shares the context object between spans that say the same, as a store does. */
class Contexts {
  readonly #known = new Map<string, SaidContext>()

  factsOf(span: Span): SpanFacts {
    const facts = factsOf(span)
    if (facts.context === undefined) return facts
    const key = JSON.stringify(facts.context)
    if (!this.#known.has(key)) this.#known.set(key, facts.context)
    return { ...facts, context: this.#known.get(key) }
  }
}

function textOf(spans: ReadonlyMap<SpanId, Span>, source: TextSource | undefined): string | undefined {
  if (source === undefined) return undefined
  const span = spans.get(source.spanId)!
  switch (source.text) {
    case 'input':
      return inputText(span.input!)
    case 'output':
      return outputText(span.output!)
    case 'traceInput':
      return inputText(span.context.traceInput!)
    case 'traceOutput':
      return outputText(span.context.traceOutput!)
  }
}

function summaryOf(state: TraceState, spans: ReadonlyMap<SpanId, Span>, lifecycle: TraceLifecycle): object {
  const { prompt, response, rootId, declaredStatus: _, textHolders: __, ...rest } = state.totals(lifecycle)
  return {
    ...rest,
    root: rootId,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    prompt: textOf(spans, prompt),
    response: textOf(spans, response),
  }
}

function definition(spans: readonly Span[], lifecycle: TraceLifecycle): object {
  return {
    ...summarizeTrace(spans, lifecycle),
    metadata: traceMetadata(spans),
    release: traceRelease(spans),
    root: analyseTrace(spans).root.spanId,
  }
}

function standings(spans: readonly Span[]): object {
  const { tree, counted, attempts } = analyseTrace(spans)
  return Object.fromEntries(
    tree.items.map((span, row) => [
      span.spanId,
      { counted: bitsOfCounted(counted[row]!), attempt: attempts.get(span.spanId) },
    ]),
  )
}

/** A call with a tag, a model and three keys of its own. The last is the root. */
function saying(at: number): Span {
  const isRoot = at === 119
  return spanOf({
    id: at + 1,
    parent: isRoot ? undefined : 120,
    type: isRoot ? 'agent' : 'llm',
    afterUs: at,
    call: isRoot ? undefined : callOf(`model ${at}`, 1, 1),
    context: {
      tags: [`tag ${at}`],
      metadata: Object.fromEntries([0, 1, 2].map((key) => [`key ${at} ${key}`, at])),
    },
  })
}

describe('TraceState', () => {
  test.each([
    ['trees', treeSpan],
    ['parents at random, circles among them', smallSpan],
  ])('is what summarizeTrace says of what has come so far: %s', (_, spanOfKind) => {
    assert(
      property(steps(spanOfKind), anyLifecycle, (batches, lifecycle) => {
        const contexts = new Contexts()
        const state = new TraceState()
        const spans = new Map<SpanId, Span>()
        const known = new Map<SpanId, SpanState>()
        for (const batch of batches) {
          for (const span of batch) {
            const [oldest] = spans.keys()
            if (span !== undefined) {
              spans.set(span.spanId, span)
              state.put(contexts.factsOf(span))
            } else if (oldest !== undefined) {
              spans.delete(oldest)
              state.remove(oldest)
            }
          }
          for (const { before, after } of state.takeChanges()) {
            const id = (before ?? after)!.facts.spanId
            expect(before).toEqual(known.get(id))
            if (after === undefined) known.delete(id)
            else known.set(id, after)
          }
          if (spans.size === 0) continue
          expect(summaryOf(state, spans, lifecycle)).toEqual(definition([...spans.values()], lifecycle))
          const told = [...known.values()].map(({ facts, counted, attempt }) => [facts.spanId, { counted, attempt }])
          expect(Object.fromEntries(told)).toEqual(standings([...spans.values()]))
        }
      }),
      { numRuns: 600 },
    )
  })

  test('lists the first tags, metadata and models in start order, whatever order they come in', () => {
    const spans = Array.from({ length: 120 }, (_, at) => saying(at))
    const state = new TraceState()
    for (const place of [...spans.keys()].toSorted((one, other) => ((one * 7) % 120) - ((other * 7) % 120)))
      state.put(factsOf(spans[place]!))
    state.takeChanges()
    const { tags, metadata, models } = state.totals(livingTrace)
    const summary = summarizeTrace(spans, livingTrace)
    expect({ tags, models }).toEqual({ tags: summary.tags, models: summary.models })
    expect(metadata).toEqual(traceMetadata(spans))
    // The root starts last, and is heard first.
    expect([tags.length, tags[0], tags[1], tags[49]]).toEqual([50, 'tag 119', 'tag 0', 'tag 48'])
    expect([models.length, models[19]]).toEqual([20, 'model 19'])
    const keys = Object.keys(metadata)
    expect([keys.length, keys[0], keys[3], keys[199]]).toEqual([200, 'key 119 0', 'key 0 0', 'key 65 1'])
  })
})
