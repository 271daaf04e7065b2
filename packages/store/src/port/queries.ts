import type {
  CallTotals,
  Evaluation,
  JsonObject,
  JsonValue,
  Message,
  ProjectId,
  Resource,
  Score,
  Span,
  SpanId,
  Step,
  TraceStatus,
  TraceSummary,
} from '@tracellm/core'

/**
 * What a caller may see. It comes from the caller's identity and is the first argument of every query.
 * A field that is set leaves only what matches; `{}` sees all projects (loopback without a key).
 */
export interface Scope {
  readonly projectId?: ProjectId
  readonly environment?: string
}

/** A page of a list. `cursor` is the `nextCursor` of the page before: opaque text, good for the same filter only. */
export interface PageRequest {
  /** 1 to 200 (50). */
  readonly limit: number
  readonly cursor?: string
}

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Absent on the last page. */
  readonly nextCursor?: string
}

/** Which traces. All that is set must hold; `fromUs` is inclusive, `toUs` exclusive, on the trace's start. */
export interface TraceFilter {
  readonly environment?: string
  readonly status?: TraceStatus
  /** Any of the trace's models. */
  readonly model?: string
  readonly sessionId?: string
  readonly userId?: string
  /** On the latency of traces that have one, inclusive. */
  readonly latencyMinUs?: number
  readonly latencyMaxUs?: number
  /** On input plus output, inclusive. */
  readonly tokenMin?: number
  readonly tokenMax?: number
  readonly fromUs?: number
  readonly toUs?: number
}

/** A trace as lists and live events show it. `prompt` and `response` are cut to 500 characters there. */
export interface TraceRow extends TraceSummary {
  readonly projectId: ProjectId
  /** Judged once, when the trace finishes, against the p95 of its name over 7 days. */
  readonly slow: boolean
  readonly createdUs: number
  readonly updatedUs: number
}

export interface TracePage extends Page<TraceRow> {
  /** Counted exactly up to 10,000. */
  readonly total: number
  readonly totalIsExact: boolean
}

/** One trace with everything but its spans' bodies. `prompt` and `response` are whole. */
export interface TraceDetail extends TraceRow {
  readonly metadata: JsonObject
  readonly release?: string
  /** The resource of its root. */
  readonly resource: Resource
  /** Wall time in which at least one span without children was open. */
  readonly activeUs: number
}

export interface TraceRead {
  readonly trace: TraceDetail
  /** In start order, then by id. */
  readonly steps: Page<Step>
}

/**
 * Every span of a trace as columns, in start order, for drawing. All columns are as long as `count`;
 * a column is absent where every value would be.
 */
export interface SkeletonColumns {
  readonly count: number
  readonly startUs: number
  /** The distinct names; `name` holds indices into it. */
  readonly names: readonly string[]
  readonly spanId: readonly SpanId[]
  /** The row of the parent, -1 where there is none or it never came. */
  readonly parent: readonly number[]
  readonly name: readonly number[]
  readonly type: readonly Span['type'][]
  readonly status: readonly Span['status'][]
  /** Microseconds after `startUs`. */
  readonly offsetUs: readonly number[]
  readonly durationUs: readonly (number | null)[]
  readonly tokens?: readonly (number | null)[]
  readonly costNanoUsd?: readonly (number | null)[]
  readonly error?: readonly (string | null)[]
}

/** A body as it is referred to: its hash says whether two are the same, `key` fetches it by `readBody`. */
export interface BodyRef {
  /** 32 hex characters of the SHA-256 of the canonical JSON. */
  readonly hash: string
  /** Opaque; good within its trace. */
  readonly key: string
  readonly bytes: number
}

/** One span whole, as it stands (log events joined). */
export interface SpanRead {
  readonly projectId: ProjectId
  readonly traceStartUs: number
  readonly step: Step
  readonly span: Span
  readonly bodies: {
    /** One of each message, or one for a value. */
    readonly input: readonly BodyRef[]
    readonly output: readonly BodyRef[]
    readonly toolDefinitions?: BodyRef
  }
  /** Of the span and those that log records brought. */
  readonly evaluations: readonly Evaluation[]
  readonly scores: readonly Score[]
}

/** Input and output of one step, for `include=bodies`. */
export interface StepBodies {
  readonly spanId: SpanId
  readonly input?: StepContent
  readonly output?: StepContent
}

export type StepContent =
  | { readonly form: 'messages'; readonly messages: readonly { readonly ref: BodyRef; readonly message: Message }[] }
  | { readonly form: 'value'; readonly ref: BodyRef; readonly value: JsonValue }

export interface AnalyticsQuery {
  readonly environment?: string
  readonly model?: string
  readonly fromUs?: number
  readonly toUs?: number
  /** Chosen to fit the range when absent. */
  readonly interval?: Interval
  /** An IANA name, for day buckets ('UTC'). */
  readonly timeZone?: string
}

export type Interval = 'minute' | 'hour' | 'day'

export interface Analytics {
  /** The range used, widened to what is kept. */
  readonly fromUs: number
  readonly toUs: number
  readonly interval: Interval
  readonly dayBoundaries: 'viewer' | 'utc' | 'mixed'
  /** Traces outside the default range (only when no range was asked for). */
  readonly outOfRange: number
  readonly summary: AnalyticsSummary
  readonly charts: readonly AnalyticsBucket[]
  readonly statusBreakdown: readonly BreakdownRow[]
  readonly modelBreakdown: readonly BreakdownRow[]
  readonly projectBreakdown: readonly BreakdownRow[]
  readonly toolBreakdown: readonly BreakdownRow[]
  readonly recentFailures: readonly TraceRow[]
  /** Set when a bound on rows looked at was reached: the figures are then of a part. */
  readonly limited?: string
}

export interface AnalyticsSummary extends CallTotals {
  readonly totalTraces: number
  /** 0..1, of finished traces; absent when there is none. */
  readonly successRate?: number
  readonly averageLatencyUs?: number
  readonly p50LatencyUs?: number
  readonly p95LatencyUs?: number
  readonly p99LatencyUs?: number
  readonly toolCalls: number
  readonly errorSpans: number
  readonly failedTraces: number
  readonly warningTraces: number
  readonly runningTraces: number
  readonly retries: number
  readonly slowRequests: number
}

export interface AnalyticsBucket {
  readonly startUs: number
  readonly traces: number
  readonly failed: number
  readonly warning: number
  readonly p50LatencyUs?: number
  readonly p95LatencyUs?: number
  readonly tokens: number
  readonly cachedTokens: number
  readonly costNanoUsd: number
  readonly unpricedCalls: number
}

export interface BreakdownRow {
  readonly key: string
  readonly count: number
  readonly tokens?: number
  readonly costNanoUsd?: number
  readonly unpricedCalls?: number
  readonly p95LatencyUs?: number
  readonly errors?: number
}

export interface FailuresQuery {
  readonly environment?: string
  readonly fromUs?: number
  readonly toUs?: number
  /** Traces of each kind (20). */
  readonly limit: number
}

export interface Failures {
  readonly failedTraces: readonly TraceRow[]
  readonly retries: readonly TraceRow[]
  readonly slowRequests: readonly TraceRow[]
  readonly totals: { readonly failed: number; readonly retries: number; readonly slow: number }
}

export interface Project {
  readonly projectId: ProjectId
  readonly name: string
  readonly description?: string
  readonly createdUs: number
}

export const keyScopes = ['ingest', 'read', 'admin'] as const
export type KeyScope = (typeof keyScopes)[number]

/** A key as it is stored: never the key itself. */
export interface ApiKey {
  readonly keyId: string
  /** SHA-256 of the key, hex. */
  readonly keyHash: string
  /** The first characters, to tell keys apart. */
  readonly prefix: string
  /** Absent for an instance key, which manages projects and reads all. */
  readonly projectId?: ProjectId
  readonly environment?: string
  readonly scopes: readonly KeyScope[]
  readonly createdUs: number
  readonly expiresUs?: number
  readonly revokedUs?: number
  readonly lastUsedUs?: number
}

export interface Deletion {
  readonly deletedTraces: number
  readonly deletedSpans: number
  /** Bytes of the database that can be used again or were given back to the system. */
  readonly freedBytes: number
}

export interface StoreStats {
  readonly type: 'sqlite' | 'mongodb' | 'memory'
  /** Where it lies, for a person. */
  readonly detail: string
  readonly sizeBytes: number
  readonly traces: number
  readonly spans: number
  readonly bodies: number
  /** The number of the newest change. */
  readonly sequence: number
  /** Empty while all is well. */
  readonly faults: readonly string[]
}
