import type { Attributes } from './any-value.ts'

/** What an export request carries; also the last part of its path, `/v1/traces`. */
export type Signal = 'traces' | 'logs' | 'metrics'

/** Who sent it. Decoded once and shared by all records below it. */
export interface DecodedResource {
  readonly attributes: Attributes
  readonly droppedAttributesCount: number
  readonly schemaUrl?: string | undefined
}

/** The instrumentation that made it. Decoded once and shared by all records below it. */
export interface DecodedScope {
  readonly name?: string | undefined
  readonly version?: string | undefined
  readonly attributes: Attributes
  readonly droppedAttributesCount: number
  readonly schemaUrl?: string | undefined
}

/** A record that was left out, by its place among all records of its request, counted from 0. */
export interface RecordRejection {
  readonly index: number
  readonly reason: string
}

/** What is said of a request beside its records. */
export interface DecodedRequest {
  /** The first 100 that were left out. */
  readonly rejected: readonly RecordRejection[]
  /** All that were left out: spans, log records, or data points. */
  readonly rejectedCount: number
  /** Of these, the ones that came after the request had used up its `maxItems`. */
  readonly tooManyCount: number
  /** Attributes beyond `maxAttributes` of one span, event, resource or the like. */
  readonly droppedAttributes: number
  /** Events and links of spans, likewise beyond `maxItems`. */
  readonly droppedParts: number
  /** What the sender should hear although nothing was lost. */
  readonly warnings: readonly string[]
  /** Where no record could be used: what the body seems to hold instead. */
  readonly likelySignal?: Signal | undefined
}
