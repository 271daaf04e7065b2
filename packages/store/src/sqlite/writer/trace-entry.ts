import { livingTrace, type SpanId, type TraceId, type TraceLifecycle } from '@tracellm/core'
import { TraceState, type SaidContext, type ShownTexts, type SpanFacts, type TraceTotals } from '../../derive/index.ts'
import type { FillRow } from './logs/fill-rows.ts'
import type { ProjectEntry } from './project-rows.ts'
import type { TraceTexts } from './text-rows.ts'

/** A span's narrow row as the writer remembers it. */
export interface RowFacts extends SpanFacts {
  readonly weight: number
  readonly digest: number
  /** Number of its resource. */
  readonly resource: number
  /** `callKeyOfSpan` */
  readonly callKey: number | undefined
  /** It was made of log records. */
  readonly isFromLog: boolean
}

/** A trace as the writer holds it: its state, and what of it was written last. */
export interface TraceEntry {
  readonly tid: number
  readonly traceId: TraceId
  readonly project: ProjectEntry
  /** The environment that the key of its first write fixed. */
  readonly keyEnvironment: string | undefined
  readonly state: TraceState<RowFacts>
  /** What its spans say about it, by the text that is stored. */
  readonly contexts: Map<string, StoredSaying>
  /** What log records add to its spans. */
  readonly fills: Map<SpanId, FillRow>
  /** Bodies of other traces that it is known to use. */
  readonly uses: Set<number>
  /** Labels as they are written, at the start they are written under. */
  labels: ReadonlySet<string>
  labelsStartUs: number
  unkeyed: boolean
  /** Whether there is a row of it. */
  isStored: boolean
  lifecycle: TraceLifecycle
  slow: boolean
  readonly createdUs: number
  updatedUs: number
  /** As they were written last; absent while it has no spans. */
  totals: TraceTotals | undefined
  /** As they were written last; absent until somebody needs to know. */
  texts: TraceTexts | undefined
  /** The texts of spans that it shows or may come to show. */
  shown: ReadonlyMap<SpanId, ShownTexts>
}

export interface StoredSaying {
  readonly n: number
  readonly said: SaidContext
}

/** What is known of a trace before anything else is. */
type Founding = Pick<TraceEntry, 'tid' | 'traceId' | 'project' | 'keyEnvironment'>

export function newTraceEntry(founding: Founding, nowUs: number): TraceEntry {
  return {
    ...founding,
    state: new TraceState(founding.keyEnvironment),
    contexts: new Map(),
    fills: new Map(),
    uses: new Set(),
    labels: new Set(),
    labelsStartUs: 0,
    unkeyed: false,
    isStored: false,
    lifecycle: livingTrace,
    slow: false,
    createdUs: nowUs,
    updatedUs: nowUs,
    totals: undefined,
    texts: undefined,
    shown: new Map(),
  }
}

/** The lifecycle as `trace.idle` keeps it. */
export function idleOf({ processGone, rootOverdue }: TraceLifecycle): number {
  if (processGone) return 1
  return rootOverdue ? 2 : 0
}

export function lifecycleOfIdle(idle: number): TraceLifecycle {
  return idle === 0 ? livingTrace : { processGone: idle === 1, rootOverdue: idle === 2 }
}
