import type { ProjectId, SpanKind, TraceId } from '@tracellm/core'
import type { Refs } from '../bodies/index.ts'
import type { ShownText, SpanFacts } from '../derive/index.ts'
import type { GroupReceipt } from '../port/write-batch.ts'

/**
 * What the thread that maps spans sends the writer of a batch: rows in the making, with the places of bodies in
 * `hashes` where rows will have their ids. Plain objects only: a typed array in each row would cost more to send than all
 * the rest of it.
 */
export interface DraftBatch {
  /** The hashes of all bodies that the batch refers to, each once, joined. */
  readonly hashes: string
  /** UTF-8, one text after the other: canonical JSON of bodies that were not sent lately, and the long texts of each span. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where in `bytes` the bodies are, by place; absent for what was sent lately. */
  readonly texts: readonly (ByteRange | undefined)[]
  /** Resources and sources as JSON, each once; see the table `resource`. */
  readonly shared: readonly string[]
  readonly contexts: readonly ContextDraft[]
  readonly groups: readonly DraftGroup[]
}

/** From the first byte to that after the last. */
export type ByteRange = readonly [from: number, to: number]

export interface DraftGroup {
  readonly projectId: ProjectId
  readonly fixed: boolean
  readonly environment: string | undefined
  readonly spans: readonly SpanDraft[]
  readonly logEvents: readonly LogDraft[]
}

export interface LogDraft {
  readonly traceId: TraceId | undefined
  readonly sessionId: string | undefined
  readonly callKey: number | undefined
  readonly digest: number
  /** What the join looks at (`JoinRecord`), as JSON. */
  readonly record: string
  readonly refs: Refs<number>
  /** Place in `DraftBatch.shared`. */
  readonly resource: number
  /** All else, in `DraftBatch.bytes`, as JSON of an object. */
  readonly rest: ByteRange
}

/** `Key` numbers in the references are places of `DraftBatch.hashes`. */
export interface SpanDraft {
  readonly traceId: TraceId
  /** Its context is left out; see `context`. */
  readonly facts: SpanFacts
  readonly kind: SpanKind
  readonly isFromLog: boolean
  readonly weight: number
  readonly digest: number
  readonly callKey: number | undefined
  readonly summary: ByteRange | undefined
  /** Places in `DraftBatch.shared`. */
  readonly resource: number
  readonly source: number
  /** Place in `DraftBatch.contexts`. */
  readonly context: number | undefined
  readonly refs: Refs<number>
  /** All else, in `DraftBatch.bytes`, as JSON of an object. */
  readonly rest: ByteRange
  /** Texts that its trace may come to show. */
  readonly shown: ShownDraft | undefined
}

/** `ShownTexts`, the texts in `DraftBatch.bytes`. */
export type ShownDraft = { readonly [Text in ShownText]?: { readonly range: ByteRange; readonly isCut: boolean } }

export interface ContextDraft {
  readonly refs: Refs<number>
  readonly rest: string
}

/** What the writer answers: a receipt, or, having written nothing, the places of bodies whose text it lacks. */
export type DraftAnswer = { readonly groups: readonly GroupReceipt[] } | { readonly missing: readonly number[] }

/** What the writer's port of a sink answers. */
export interface SinkCalls {
  write(batch: DraftBatch): Promise<DraftAnswer>
}
