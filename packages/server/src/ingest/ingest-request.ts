import type { TraceId } from '@tracellm/core'
import type { Signal } from '@tracellm/core/otlp'
import type { Routing } from './choose-project.ts'
import type { ContentEncoding } from './inflate.ts'

/** A request body on its way to the ingest worker, as it was sent. */
export interface IngestRequest {
  /** `plain` is the JSON trace of `POST /traces`. */
  readonly signal: Signal | 'plain'
  readonly format: 'protobuf' | 'json'
  readonly encoding: ContentEncoding
  /** As long as its buffer, which moves to the worker. */
  readonly body: Uint8Array<ArrayBuffer>
  readonly routing: Routing
  readonly receivedUs: number
}

export interface RejectionCount {
  readonly reason: string
  readonly count: number
}

/** Attributes, or events and links, that records which were taken lost to a limit. */
export interface DropCount extends RejectionCount {
  readonly of: 'attributes' | 'events'
}

/** What became of a request. */
export type IngestOutcome =
  | {
      readonly status: 'taken'
      readonly storedSpans: number
      readonly duplicateSpans: number
      readonly storedLogRecords: number
      /** Data points by the name of their metric. */
      readonly metrics: ReadonlyMap<string, number>
      /** Spans, log records or data points left out. */
      readonly rejectedCount: number
      readonly rejections: readonly RejectionCount[]
      readonly drops: readonly DropCount[]
      /** Names, ids, tags and metadata that were too long, or too many, and are cut. */
      readonly cutTexts: number
      /** What the sender should read: why records were left out, or a warning. */
      readonly message: string
      /** Of plain traces, in the order they came. */
      readonly traces: readonly { readonly traceId: TraceId; readonly spanCount: number }[]
    }
  | {
      readonly status: 'malformed'
      /** Under what it is counted. */
      readonly reason: string
      readonly message: string
      /** The wrong fields, for problem documents. */
      readonly extra?: Readonly<Record<string, unknown>>
    }
  | {
      readonly status: 'too-large'
      /** Under what it is counted. */
      readonly reason: string
      readonly message: string
    }
  /** Nothing was stored; the same request may be sent again. */
  | { readonly status: 'unavailable'; readonly message: string }
  /** Nothing was stored, by a fault of ours; the same request would fail again. */
  | { readonly status: 'failed'; readonly message: string }
