/** A bound on what a client can make the server hold or do. */
export interface Limit {
  readonly default: number
  readonly unit: 'bytes' | 'ms' | 'count'
  /** The setting that changes it: flag `--<setting>`, variable `TRACELLM_<SETTING>`, key in the settings file. */
  readonly setting: string
  /** The reason under which what it turned away is counted in `GET /`. */
  readonly counter: string
  /** What happens at the limit, for documentation. */
  readonly gives: string
}

const mebibyte = 1024 * 1024

/**
 * Every limit of the server. Settings, documentation and counters are made from here. (How long names, ids, tags and
 * metadata get is part of the data model and no setting: `longest-texts.ts` of core. What was cut is counted as texts that were `too_long`.)
 */
export const limitTable = {
  maxBodyBytes: {
    default: 64 * mebibyte,
    unit: 'bytes',
    setting: 'max-body-bytes',
    counter: 'body_too_large',
    gives: '413 for a request body that is larger as sent',
  },
  maxInflatedBytes: {
    default: 64 * mebibyte,
    unit: 'bytes',
    setting: 'max-inflated-bytes',
    counter: 'inflated_body_too_large',
    gives: '413 for a request body that is larger once decompressed; decompression stops there',
  },
  maxJsonObjects: {
    default: 4_000_000,
    unit: 'count',
    setting: 'max-json-objects',
    counter: 'json_too_large',
    gives: '413 for a JSON body with more objects and lists, which would fill many times its length in memory',
  },
  maxQueuedBytes: {
    default: 16 * mebibyte,
    unit: 'bytes',
    setting: 'max-queued-bytes',
    counter: 'queue_full',
    gives: '503 with Retry-After while this much waits to be stored; an empty queue takes any permitted body',
  },
  bodyTimeoutMs: {
    default: 30_000,
    unit: 'ms',
    setting: 'body-timeout-ms',
    counter: 'body_too_slow',
    gives: '408 for a body that takes longer to arrive',
  },
  maxRequestItems: {
    default: 500_000,
    unit: 'count',
    setting: 'max-request-items',
    counter: 'too_many_items',
    gives:
      'of spans, events, links, log records, metrics and data points of one request together, those beyond it rejected, events and links dropped',
  },
  maxConnections: {
    default: 10_000,
    unit: 'count',
    setting: 'max-connections',
    counter: 'too_many_connections',
    gives: 'a connection beyond it closed at once; each port and address has as many',
  },
  maxSpanAttributes: {
    default: 32_768,
    unit: 'count',
    setting: 'max-span-attributes',
    counter: 'attributes_dropped',
    gives: 'further attributes of the span (or event, link, resource) counted as dropped; the span is kept',
  },
  maxLiveClients: {
    default: 2000,
    unit: 'count',
    setting: 'max-live-clients',
    counter: 'too_many_live_clients',
    gives: '503 for a further socket',
  },
  maxLiveEvents: {
    default: 10_000,
    unit: 'count',
    setting: 'max-live-events',
    counter: 'live_events_forgotten',
    gives: 'the oldest live event forgotten; a client that needed it is told of a gap',
  },
  maxLiveBytes: {
    default: 16 * mebibyte,
    unit: 'bytes',
    setting: 'max-live-bytes',
    counter: 'live_events_forgotten',
    gives: 'the oldest live event forgotten; a client that needed it is told of a gap',
  },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof limitTable

/** The limits in force. */
export type Limits = Readonly<Record<LimitName, number>>

export const defaultLimits: Limits = Object.fromEntries(
  Object.entries(limitTable).map(([name, limit]) => [name, limit.default]),
) as Limits
