import {
  byStart,
  saturated,
  traceStatus,
  type CallTotals,
  type JsonObject,
  type SpanId,
  type TraceLifecycle,
  type TraceSummary,
} from '@tracellm/core'
import { CallNest } from './call-nest.ts'
import { CountedCalls } from './counted-calls.ts'
import { Extreme, type Order } from './extreme.ts'
import { RetryChains } from './retry-chains.ts'
import { SaidFirst } from './said-first.ts'
import { hasText, type ShownText } from './shown-text.ts'
import { countedBit, type CountedBits, type SpanFacts } from './span-facts.ts'

/** A span as it stands in its trace. */
export interface SpanState<Facts extends SpanFacts = SpanFacts> {
  readonly facts: Facts
  readonly counted: CountedBits
  readonly attempt: number
}

/** A span that came, went, was replaced, or stands otherwise because of others. */
export interface SpanChange<Facts extends SpanFacts = SpanFacts> {
  readonly before: SpanState<Facts> | undefined
  readonly after: SpanState<Facts> | undefined
}

/** Where a text of the trace is to be found: whoever keeps the bodies reads it there. */
export interface TextSource {
  readonly spanId: SpanId
  readonly text: ShownText
}

/** What `summarizeTrace` says, but for texts, of which it says where they are, and with what else a trace row holds. */
export interface TraceTotals extends Omit<TraceSummary, 'traceId' | 'prompt' | 'response'> {
  readonly prompt: TextSource | undefined
  readonly response: TextSource | undefined
  readonly metadata: JsonObject
  readonly release: string | undefined
  /** The spans whose texts the trace shows, or would if the root were another. */
  readonly textHolders: readonly SpanId[]
  /** The root, or the span that stands for it. */
  readonly rootId: SpanId
  readonly declaredStatus: 'success' | 'warning' | 'failed' | undefined
}

interface Standing<Facts> {
  facts: Facts
  counted: CountedBits
  attempt: number
}

/**
 * The spans of one trace and all that follows from them, kept while spans come, are replaced and go, in any order.
 *
 * `summarizeTrace` of core is the definition of what comes out; this is its incremental form, at the same cost a span
 * however many there are. Call `takeChanges` after each batch, then `totals`.
 */
export class TraceState<Facts extends SpanFacts = SpanFacts> {
  readonly #spans = new Map<SpanId, Standing<Facts>>()
  readonly #changed = new Map<SpanId, SpanState<Facts> | undefined>()

  readonly #nest = new CallNest((span, counted) => this.#setCounted(span, counted))
  readonly #chains = new RetryChains((spanId) => this.#spans.get(spanId)!.attempt)
  readonly #said = new SaidFirst()
  readonly #calls = new CountedCalls()
  readonly #tools = new Map<string, number>()
  readonly #open = new Set<Facts>()
  readonly #sums = noSums()

  readonly #first = new Extreme(firstStarted)
  readonly #lastEnded = new Extreme(lastEnded)
  readonly #parentless = new Extreme(firstParentless)
  readonly #orphans = new Set<SpanFacts>()
  readonly #firstOrphan = new Extreme(firstStarted)
  readonly #service = new Extreme(firstWithService)
  readonly #lastFailure = new Extreme(lastFailed)
  readonly #traceInput = new Extreme(firstWithTraceInput)
  readonly #traceOutput = new Extreme(firstWithTraceOutput)
  readonly #firstInput = new Extreme(firstCallWithInput)
  readonly #lastOutput = new Extreme(lastCallWithOutput)
  readonly #extremes = [
    this.#first,
    this.#lastEnded,
    this.#parentless,
    this.#service,
    this.#lastFailure,
    this.#traceInput,
    this.#traceOutput,
    this.#firstInput,
    this.#lastOutput,
  ]
  #lastChild: { readonly root: SpanFacts; span: SpanFacts | undefined } | undefined
  #rootOfTangle: SpanFacts | undefined
  /** The environment of the trace whatever its spans say. */
  readonly #keyEnvironment: string | undefined

  constructor(keyEnvironment?: string) {
    this.#keyEnvironment = keyEnvironment
  }

  get size(): number {
    return this.#spans.size
  }

  get(spanId: SpanId): SpanState<Facts> | undefined {
    return this.#spans.get(spanId)
  }

  spans(): Iterable<SpanState<Facts>> {
    return this.#spans.values()
  }

  openSpans(): Iterable<Facts> {
    return this.#open
  }

  /** The tools that its tool spans name, in order. */
  toolNames(): readonly string[] {
    return [...this.#tools.keys()].toSorted()
  }

  /** Adds a span, or replaces the one with its id. */
  put(facts: Facts): void {
    const standing = this.#spans.get(facts.spanId)
    if (standing === undefined) this.#add(facts)
    else this.#replace(standing, facts)
  }

  remove(spanId: SpanId): void {
    const standing = this.#spans.get(spanId)!
    const { facts } = standing
    this.#remember(spanId)
    this.#takeOut(standing)
    this.#spans.delete(spanId)
    for (const child of this.#nest.childrenOf(spanId)) this.#noteOrphan(child)
    this.#orphans.delete(facts)
    this.#firstOrphan.remove(facts)
    for (const extreme of this.#extremes) extreme.remove(facts)
    this.#said.remove(facts)
  }

  /** What has changed since the last call, spans that came and went in between left out. */
  takeChanges(): SpanChange<Facts>[] {
    this.#settle()
    const changes: SpanChange<Facts>[] = []
    for (const [spanId, before] of this.#changed) {
      const standing = this.#spans.get(spanId)
      if (standing === undefined ? before !== undefined : !isSame(standing, before)) {
        changes.push({ before, after: standing && { ...standing } })
      }
    }
    this.#changed.clear()
    return changes
  }

  /** The session that its spans say it is of. */
  sessionId(): string | undefined {
    if (this.#spans.size === 0) return undefined
    this.#settle()
    return this.#said.lift(this.#root(), this.#facts).sessionId
  }

  /** All figures of the trace; at least one span. Settled by `takeChanges` before. */
  totals(lifecycle: TraceLifecycle): TraceTotals {
    const root = this.#root()
    const hasRoot = root.parentId === undefined
    const said = this.#said.lift(root, this.#facts)
    const { cutAnswers, ...sums } = this.#sums
    const status = traceStatus({
      openSpans: sums.openSpans,
      hasRoot,
      rootStatus: root.status,
      lastChildFailed: sums.openSpans === 0 && root.status === 'unset' && this.#lastChildFailed(root),
      failedSpans: sums.errorCount,
      retries: sums.retryCount,
      cutAnswers,
      declaredStatus: said.declaredStatus,
      lifecycle,
    })
    return {
      ...sums,
      ...saturatedSums(sums),
      ...this.#calls.summary(() => this.#spans.values()),
      name: said.traceName ?? root.name,
      status,
      startUs: this.#first.get(this.#facts)!.startUs,
      endUs: status === 'running' ? undefined : this.#lastEnded.get(this.#facts)?.endUs,
      environment: this.#keyEnvironment ?? said.environment,
      service: root.service || this.#service.get(this.#facts)?.service,
      spanCount: this.#spans.size,
      failureReason: root.error ?? this.#lastFailure.get(this.#facts)?.error,
      sessionId: said.sessionId,
      userId: said.userId,
      tags: said.tags,
      metadata: said.metadata,
      release: said.release,
      prompt: this.#textOf(root, 'traceInput', this.#traceInput, 'input', this.#firstInput),
      response: this.#textOf(root, 'traceOutput', this.#traceOutput, 'output', this.#lastOutput),
      textHolders: this.#textHolders(root),
      rootId: root.spanId,
      declaredStatus: said.declaredStatus,
    }
  }

  readonly #facts = (): Iterable<SpanFacts> => this.#spans.values().map(({ facts }) => facts)

  #add(facts: Facts): void {
    const standing = { facts, counted: 0, attempt: 1 }
    this.#remember(facts.spanId)
    this.#spans.set(facts.spanId, standing)
    this.#putIn(standing)
    for (const child of this.#nest.childrenOf(facts.spanId)) {
      this.#orphans.delete(child)
      this.#firstOrphan.remove(child)
    }
    this.#noteOrphan(facts)
    for (const extreme of this.#extremes) extreme.add(facts)
    this.#said.add(facts)
  }

  #replace(standing: Standing<Facts>, facts: Facts): void {
    const before = standing.facts
    this.#remember(facts.spanId)
    this.#takeOut(standing)
    standing.facts = facts
    this.#putIn(standing)
    if (this.#orphans.delete(before)) {
      if (before.parentId === facts.parentId) {
        this.#orphans.add(facts)
        this.#firstOrphan.replace(before, facts)
      } else this.#firstOrphan.remove(before)
    }
    if (before.parentId !== facts.parentId) this.#noteOrphan(facts)
    for (const extreme of this.#extremes) extreme.replace(before, facts)
    this.#said.replace(before, facts)
  }

  #putIn(standing: Standing<Facts>): void {
    const { facts } = standing
    addFigures(this.#sums, facts, 1)
    this.#countTool(facts, 1)
    if (facts.endUs === undefined) this.#open.add(facts)
    this.#nest.add(facts)
    this.#setAttempt(standing, this.#chains.add(facts))
    const known = this.#lastChild
    if (known?.root.spanId === facts.parentId && (known?.span === undefined || endsLast(facts, known.span))) {
      this.#lastChild = known && { root: known.root, span: facts }
    }
  }

  #takeOut(standing: Standing<Facts>): void {
    const { facts } = standing
    this.#setCounted(facts, 0)
    this.#setAttempt(standing, 1)
    addFigures(this.#sums, facts, -1)
    this.#countTool(facts, -1)
    this.#open.delete(facts)
    this.#chains.remove(facts)
    this.#nest.remove(facts)
    if (this.#lastChild?.span === facts || this.#lastChild?.root === facts) this.#lastChild = undefined
  }

  #noteOrphan(facts: SpanFacts): void {
    if (facts.parentId === undefined || this.#nest.has(facts.parentId)) return
    this.#orphans.add(facts)
    this.#firstOrphan.add(facts)
  }

  /** Counts again what came out of order. */
  #settle(): void {
    this.#chains.recount((spanId, attempt) => {
      const standing = this.#spans.get(spanId)!
      if (standing.attempt === attempt) return
      this.#remember(spanId)
      this.#setAttempt(standing, attempt)
    })
    if (!this.#nest.isTangled) return
    this.#rootOfTangle = this.#nest.recount([...this.#facts()])
    this.#lastChild = undefined
  }

  #root(): SpanFacts {
    const parentless = this.#parentless.get(this.#facts)
    if (parentless !== undefined) return parentless
    return this.#nest.isTangled ? this.#rootOfTangle! : this.#firstOrphan.get(() => this.#orphans)!
  }

  #lastChildFailed(root: SpanFacts): boolean {
    if (this.#lastChild?.root !== root) {
      let last: SpanFacts | undefined
      for (const child of this.#nest.childrenOf(root.spanId)) {
        if (child !== root && (last === undefined || endsLast(child, last))) last = child
      }
      this.#lastChild = { root, span: last }
    }
    return this.#lastChild.span?.status === 'error'
  }

  #textOf(
    root: SpanFacts,
    said: 'traceInput' | 'traceOutput',
    firstSayer: Extreme<SpanFacts>,
    own: 'input' | 'output',
    ofCalls: Extreme<SpanFacts>,
  ): TextSource | undefined {
    const sayer = shows(root, said) ? root : firstSayer.get(this.#facts)
    if (sayer !== undefined) return { spanId: sayer.spanId, text: said }
    const holder = shows(root, own) ? root : ofCalls.get(this.#facts)
    return holder && { spanId: holder.spanId, text: own }
  }

  #countTool({ type, toolName }: SpanFacts, change: 1 | -1): void {
    if (type !== 'tool' || toolName === undefined) return
    const count = (this.#tools.get(toolName) ?? 0) + change
    if (count === 0) this.#tools.delete(toolName)
    else this.#tools.set(toolName, count)
  }

  #textHolders(root: SpanFacts): SpanId[] {
    const holders = [this.#traceInput, this.#traceOutput, this.#firstInput, this.#lastOutput]
    const ids = holders.flatMap((holder) => holder.get(this.#facts)?.spanId ?? [])
    return [...new Set([root.spanId, ...ids])]
  }

  #setCounted(facts: SpanFacts, counted: CountedBits): void {
    const standing = this.#spans.get(facts.spanId)!
    if (standing.counted === counted) return
    this.#remember(facts.spanId)
    const ceases = standing.counted & ~counted
    if ((ceases & countedBit.call) !== 0) this.#calls.remove(facts)
    if ((counted & ~standing.counted & countedBit.call) !== 0) this.#calls.add(facts)
    addCounted(this.#sums, facts, standing.counted, -1)
    addCounted(this.#sums, facts, counted, 1)
    standing.counted = counted
  }

  #setAttempt(standing: Standing<Facts>, attempt: number): void {
    this.#sums.retryCount += (attempt > 1 ? 1 : 0) - (standing.attempt > 1 ? 1 : 0)
    standing.attempt = attempt
  }

  /** Keeps how a span stood before the first change since `takeChanges`. */
  #remember(spanId: SpanId): void {
    if (this.#changed.has(spanId)) return
    const standing = this.#spans.get(spanId)
    this.#changed.set(spanId, standing && { ...standing })
  }
}

function isSame(one: SpanState, other: SpanState | undefined): boolean {
  return one.facts === other?.facts && one.counted === other.counted && one.attempt === other.attempt
}

interface Sums extends CallTotals {
  openSpans: number
  toolCalls: number
  errorCount: number
  retryCount: number
  cutAnswers: number
}
type MutableSums = { -readonly [Figure in keyof Sums]: number }

function noSums(): MutableSums {
  return {
    openSpans: 0,
    toolCalls: 0,
    errorCount: 0,
    retryCount: 0,
    cutAnswers: 0,
    llmCalls: 0,
    inputTokens: 0,
    outputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
    costNanoUsd: 0,
    unpricedCalls: 0,
  }
}

/** Those that may pass what a row can hold. */
function saturatedSums(sums: CallTotals): Omit<CallTotals, 'llmCalls' | 'unpricedCalls'> {
  return {
    inputTokens: saturated(sums.inputTokens),
    outputTokens: saturated(sums.outputTokens),
    cacheReadTokens: saturated(sums.cacheReadTokens),
    cacheWriteTokens: saturated(sums.cacheWriteTokens),
    reasoningTokens: saturated(sums.reasoningTokens),
    costNanoUsd: saturated(sums.costNanoUsd),
  }
}

function addFigures(sums: MutableSums, facts: SpanFacts, sign: 1 | -1): void {
  if (facts.endUs === undefined) sums.openSpans += sign
  if (facts.type === 'tool') sums.toolCalls += sign
  if (facts.status === 'error') sums.errorCount += sign
}

function addCounted(sums: MutableSums, facts: SpanFacts, counted: CountedBits, sign: 1 | -1): void {
  if ((counted & countedBit.call) !== 0) {
    sums.llmCalls += sign
    if (facts.answerCut) sums.cutAnswers += sign
  }
  if ((counted & countedBit.usage) !== 0) {
    sums.inputTokens += sign * (facts.inputTokens ?? 0)
    sums.outputTokens += sign * (facts.outputTokens ?? 0)
    sums.cacheReadTokens += sign * (facts.cacheReadTokens ?? 0)
    sums.cacheWriteTokens += sign * (facts.cacheWriteTokens ?? 0)
    sums.reasoningTokens += sign * (facts.reasoningTokens ?? 0)
  }
  if ((counted & countedBit.cost) !== 0) sums.costNanoUsd += sign * (facts.costNanoUsd ?? 0)
  if ((counted & countedBit.unpriced) !== 0) sums.unpricedCalls += sign
}

function startsFirst(one: SpanFacts, other: SpanFacts): boolean {
  return byStart(one, other) < 0
}

/** By end, then in start order, the last first; what is open ends after all that have ended. */
function endsLast(one: SpanFacts, other: SpanFacts): boolean {
  const oneUs = one.endUs ?? Number.MAX_SAFE_INTEGER
  const otherUs = other.endUs ?? Number.MAX_SAFE_INTEGER
  return oneUs === otherUs ? byStart(one, other) > 0 : oneUs > otherUs
}

const firstStarted: Order<SpanFacts> = { precedes: startsFirst, applies: () => true }
const lastEnded: Order<SpanFacts> = { precedes: endsLast, applies: (span) => span.endUs !== undefined }
const firstParentless: Order<SpanFacts> = { precedes: startsFirst, applies: (span) => span.parentId === undefined }
const firstWithService: Order<SpanFacts> = { precedes: startsFirst, applies: (span) => Boolean(span.service) }
const lastFailed: Order<SpanFacts> = { precedes: endsLast, applies: (span) => span.error !== undefined }
const firstWithTraceInput: Order<SpanFacts> = { precedes: startsFirst, applies: (span) => shows(span, 'traceInput') }
const firstWithTraceOutput: Order<SpanFacts> = { precedes: startsFirst, applies: (span) => shows(span, 'traceOutput') }
const firstCallWithInput: Order<SpanFacts> = {
  precedes: startsFirst,
  applies: (span) => span.type === 'llm' && shows(span, 'input'),
}
const lastCallWithOutput: Order<SpanFacts> = {
  precedes: endsLast,
  applies: (span) => span.type === 'llm' && shows(span, 'output'),
}

function shows(span: SpanFacts, text: ShownText): boolean {
  return (span.texts & hasText[text]) !== 0
}
