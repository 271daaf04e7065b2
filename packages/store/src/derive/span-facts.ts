import {
  countFigures,
  cutText,
  errorText,
  isAnswerCut,
  isCallType,
  maxErrorCharacters,
  modelOf,
  seenFromAbove,
  spanTypes,
  type Content,
  type Counted,
  type Span,
  type SpanType,
  type Step,
  type TraceContext,
} from '@tracellm/core'
import {
  cutShown,
  hasText,
  shownTextOf,
  shownTexts,
  type CutText,
  type ShownText,
  type ShownTexts,
} from './shown-text.ts'

/**
 * What the state of a trace remembers of a span: as much as a narrow row holds, and no text but names and errors.
 * Objects are never changed; another version of the span is another object.
 */
export interface SpanFacts extends Omit<Step, 'attempt' | 'summary' | 'durationUs'> {
  readonly endUs: number | undefined
  /** The model asked for, where another answered. */
  readonly requestModel: string | undefined
  readonly provider: string | undefined
  readonly declaredAttempt: number | undefined
  /** Its answer was cut short by length or by a content filter. */
  readonly answerCut: boolean
  readonly service: string | undefined
  /** Which texts it has to show for its trace: bits of `hasText`. */
  readonly texts: number
  /** What it says about its trace, its input and output left out. One object for all spans that say the same. */
  readonly context: SaidContext | undefined
}

export type SaidContext = Omit<TraceContext, 'traceInput' | 'traceOutput'>

/** The contents of a span that its trace may show, as texts. */
function shownContents({ input, output, context }: Span): Readonly<Record<ShownText, Content | undefined>> {
  return { input, output, traceInput: context.traceInput, traceOutput: context.traceOutput }
}

/** @param texts which texts the span has to show (found out here) */
export function factsOf(span: Span, texts = textsToShow(span).texts): SpanFacts {
  const { context, call } = span
  const { traceInput: _, traceOutput: __, ...said } = context
  const usage = call?.usage
  const model = modelOf(span)
  const error = span.status === 'error' ? errorText(span.error) : undefined
  const service = span.source.resource.attributes['service.name']
  return {
    spanId: span.spanId,
    parentId: span.parentId,
    name: span.name,
    type: span.type,
    status: span.status,
    startUs: span.startUs,
    endUs: span.endUs,
    model,
    requestModel: call?.requestModel === model ? undefined : call?.requestModel,
    provider: call?.provider,
    toolName: span.tool?.name,
    timeToFirstUs: call?.timeToFirstUs,
    inputTokens: usage?.inputTokens,
    outputTokens: usage?.outputTokens,
    cacheReadTokens: usage?.cacheReadTokens,
    cacheWriteTokens: usage?.cacheWriteTokens,
    reasoningTokens: usage?.reasoningTokens,
    costNanoUsd: call?.cost?.nanoUsd,
    error: error === undefined ? undefined : cutText(error, maxErrorCharacters),
    declaredAttempt: span.declaredAttempt,
    answerCut: isAnswerCut(call?.finishReasons),
    service: typeof service === 'string' ? service : undefined,
    texts,
    context: Object.values(said).some((value) => value !== undefined) ? said : undefined,
  }
}

/** The texts that a span has to show for its trace, cut, and the bits that say which there are. */
export function textsToShow(span: Span): { readonly texts: number; readonly shown: ShownTexts } {
  const contents = shownContents(span)
  const shown: { [Text in ShownText]?: CutText } = {}
  let texts = 0
  for (const which of shownTexts) {
    const content = contents[which]
    const cut = content && cutShown(shownTextOf(which, content))
    if (cut === undefined) continue
    shown[which] = cut
    texts |= hasText[which]
  }
  return { texts, shown }
}

/** What counts of a span, as bits: rows keep it so. */
export type CountedBits = number

export const countedBit = { call: 1, usage: 2, cost: 4, unpriced: 8 } as const

export function bitsOfCounted(counted: Counted): CountedBits {
  return (
    (counted.call ? countedBit.call : 0) |
    (counted.usage ? countedBit.usage : 0) |
    (counted.cost ? countedBit.cost : 0) |
    (counted.unpriced ? countedBit.unpriced : 0)
  )
}

export function countedOfBits(bits: CountedBits): Counted {
  return {
    call: (bits & countedBit.call) !== 0,
    usage: (bits & countedBit.usage) !== 0,
    cost: (bits & countedBit.cost) !== 0,
    unpriced: (bits & countedBit.unpriced) !== 0,
  }
}

/** What counts of a span given what counts below it: `countFigures` of core, looked up. */
export function countOf(facts: SpanFacts, below: CountedBits): CountedBits {
  if (!isCallType(facts.type)) return 0
  const usage = facts.inputTokens === undefined && facts.outputTokens === undefined ? 0 : 16
  const cost = facts.costNanoUsd === undefined ? 0 : 32
  const failed = facts.status === 'error' ? 64 : 0
  return countTable[below | usage | cost | failed]!
}

const countTable = Uint8Array.from({ length: 128 }, (_, index) =>
  bitsOfCounted(
    countFigures(
      { type: 'llm', hasUsage: (index & 16) !== 0, hasCost: (index & 32) !== 0, failed: (index & 64) !== 0 },
      countedOfBits(index & 15),
    ),
  ),
)

/** What a parent sees of a span and what is below it: nothing through a tool or an agent. */
export function seenOf(type: SpanType, counted: CountedBits, below: CountedBits): CountedBits {
  return closedTypes.has(type) ? 0 : counted | below
}

const everything = countedOfBits(15)
const closedTypes = new Set(spanTypes.filter((type) => !seenFromAbove(type, everything, everything).call))
