import type { LogEvent, ProjectId, Span, TraceId } from '@tracellm/core'

/** What one or more requests bring, canonical and redacted. */
export interface WriteBatch {
  readonly groups: readonly WriteGroup[]
}

/**
 * Spans and log events that came under one identity.
 * Where the project is not fixed, it is a proposal: a trace that is stored already keeps the project it has
 * among those written without a key, so that its later spans follow the first.
 */
export interface WriteGroup {
  readonly projectId: ProjectId
  /** `true` when a key says so: the trace is then known by this project and its id, whatever else has that id. */
  readonly fixed: boolean
  /**
   * Set by a key with an environment: stands for whatever the spans say. A trace belongs to the key environment of the
   * first write that made it, or to none, and stays there: what a key of another environment brings for it is refused,
   * also where a span of the trace names that environment. What comes without a key environment follows the trace.
   * Which write is the first is a matter of arrival; nothing else about it is.
   */
  readonly environment?: string
  readonly spans: readonly Span[]
  readonly logEvents: readonly LogEvent[]
}

/** What became of a batch, by group, in the order of the groups. */
export interface WriteReceipt {
  readonly groups: readonly GroupReceipt[]
}

export interface GroupReceipt {
  /** Spans that are new. */
  readonly storedSpans: number
  /** Spans whose id was known: repeats, ends of open spans, newer versions. */
  readonly duplicateSpans: number
  readonly storedLogEvents: number
  /** Spans of traces that belong to another key environment, or to none. */
  readonly refusedSpans: number
  readonly refusedLogEvents: number
  /** The projects that the traces really went to (differs from the proposal for traces known before). Of what was refused nothing. */
  readonly projectOfTrace: ReadonlyMap<TraceId, ProjectId>
}
