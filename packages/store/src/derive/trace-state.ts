import {
  traceStatus,
  type JsonObject,
  type LiftedContext,
  type SpanId,
  type TraceLifecycle,
  type TraceStatus,
  type TraceSummary,
} from '@tracellm/core'
import { CallNest } from './call-nest.ts'
import { CountedCalls } from './counted-calls.ts'
import { Extreme, type Order } from './extreme.ts'
import { RetryChains } from './retry-chains.ts'
import { SaidFirst } from './said-first.ts'
import { countedBit, type CountedBits, type SpanFacts } from './span-facts.ts'
import { endsLast, startsFirst } from './span-order.ts'
import { firstStarted, TraceRoot } from './trace-root.ts'
import { addCounted, addFigures, figuresOf, noSums } from './trace-sums.ts'
import { TraceTexts, type TextSource } from './trace-texts.ts'

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

const lastEnded: Order<SpanFacts> = { precedes: endsLast, applies: (span) => span.endUs !== undefined }
const firstWithService: Order<SpanFacts> = { precedes: startsFirst, applies: (span) => Boolean(span.service) }
const lastFailed: Order<SpanFacts> = { precedes: endsLast, applies: (span) => span.error !== undefined }

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
  readonly #root = new TraceRoot(this.#nest)
  readonly #texts = new TraceTexts()
  readonly #said = new SaidFirst()
  readonly #calls = new CountedCalls()
  readonly #tools = new Map<string, number>()
  readonly #open = new Set<Facts>()
  readonly #sums = noSums()

  readonly #first = new Extreme(firstStarted)
  readonly #lastEnded = new Extreme(lastEnded)
  readonly #service = new Extreme(firstWithService)
  readonly #lastFailure = new Extreme(lastFailed)
  readonly #extremes = [this.#first, this.#lastEnded, this.#service, this.#lastFailure]
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
    this.#root.remove(facts)
    for (const extreme of this.#extremes) extreme.remove(facts)
    this.#texts.remove(facts)
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
    return this.#said.lift(this.#root.find(this.#facts), this.#facts).sessionId
  }

  /** All figures of the trace; at least one span. Settled by `takeChanges` before. */
  totals(lifecycle: TraceLifecycle): TraceTotals {
    const root = this.#root.find(this.#facts)
    const said = this.#said.lift(root, this.#facts)
    const status = this.#status(root, said, lifecycle)
    return {
      ...figuresOf(this.#sums),
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
      prompt: this.#texts.prompt(root, this.#facts),
      response: this.#texts.response(root, this.#facts),
      textHolders: this.#texts.holders(root, this.#facts),
      rootId: root.spanId,
      declaredStatus: said.declaredStatus,
    }
  }

  #status(root: SpanFacts, { declaredStatus }: LiftedContext, lifecycle: TraceLifecycle): TraceStatus {
    const { openSpans, errorCount, retryCount, cutAnswers } = this.#sums
    return traceStatus({
      openSpans,
      hasRoot: root.parentId === undefined,
      rootStatus: root.status,
      lastChildFailed: openSpans === 0 && root.status === 'unset' && this.#root.lastChildFailed(root),
      failedSpans: errorCount,
      retries: retryCount,
      cutAnswers,
      declaredStatus,
      lifecycle,
    })
  }

  readonly #facts = (): Iterable<SpanFacts> => this.#spans.values().map(({ facts }) => facts)

  #add(facts: Facts): void {
    const standing = { facts, counted: 0, attempt: 1 }
    this.#remember(facts.spanId)
    this.#spans.set(facts.spanId, standing)
    this.#putIn(standing)
    this.#root.add(facts)
    for (const extreme of this.#extremes) extreme.add(facts)
    this.#texts.add(facts)
    this.#said.add(facts)
  }

  #replace(standing: Standing<Facts>, facts: Facts): void {
    const before = standing.facts
    this.#remember(facts.spanId)
    this.#takeOut(standing)
    standing.facts = facts
    this.#putIn(standing)
    this.#root.replace(before, facts)
    for (const extreme of this.#extremes) extreme.replace(before, facts)
    this.#texts.replace(before, facts)
    this.#said.replace(before, facts)
  }

  #putIn(standing: Standing<Facts>): void {
    const { facts } = standing
    addFigures(this.#sums, facts, 1)
    this.#countTool(facts, 1)
    if (facts.endUs === undefined) this.#open.add(facts)
    this.#nest.add(facts)
    this.#setAttempt(standing, this.#chains.add(facts))
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
    this.#root.settleTangle(this.#nest.recount([...this.#facts()]))
  }

  #countTool({ type, toolName }: SpanFacts, change: 1 | -1): void {
    if (type !== 'tool' || toolName === undefined) return
    const count = (this.#tools.get(toolName) ?? 0) + change
    if (count === 0) this.#tools.delete(toolName)
    else this.#tools.set(toolName, count)
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
