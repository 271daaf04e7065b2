import { z } from 'zod'
import { count, instant } from './scalars.ts'

const rejectionJson = z.object({ reason: z.string(), count })

const rejectedJson = z.enum([
  'spans',
  'log_records',
  'data_points',
  'attributes',
  'events',
  'texts',
  'requests',
  'sockets',
  'connections',
  'live_events',
])

/** `GET /`. What the caller may not see is `null`: a key sees the counts of its own project only. */
export const healthJson = z
  .object({
    name: z.literal('tracellm'),
    version: z.string(),
    status: z.enum(['ok', 'degraded']),
    uptime_s: z.number().min(0),
    start_command: z
      .string()
      .nullable()
      .meta({ description: 'What starts it again, as whoever started it can type it.' }),
    storage: z
      .object({
        type: z.enum(['sqlite', 'mongodb', 'memory']),
        detail: z.string().nullable(),
        size_bytes: count.nullable(),
        traces: count,
        spans: count,
        bodies: count,
        faults: z.array(z.string()),
      })
      .nullable(),
    ingest: z
      .object({
        since: instant,
        received_spans: count.meta({ description: 'The sum of stored, duplicate, rejected and queued.' }),
        stored_spans: count,
        duplicate_spans: count.meta({ description: 'Spans whose id was known.' }),
        rejected_spans: count.meta({ description: 'The sum of the rejections of spans.' }),
        queued_spans: count,
        queued_bytes: count,
        refused_requests: count.meta({ description: 'The sum of the rejections of requests.' }),
        log_records: count,
        metrics: z.array(z.object({ name: z.string(), points: count })),
        rejections: z.array(rejectionJson.extend({ of: rejectedJson })).meta({
          description:
            'Of texts: names, ids, tags and metadata that were cut, or left out, of spans that were taken; of attributes and events (and links): those their spans lost. Of live events: those no longer held for sockets that come back.',
        }),
      })
      .nullable(),
    search: z.object({ behind_spans: count.nullable() }),
    live: z.object({ clients: count.nullable(), sequence: count.nullable() }),
  })
  .meta({ id: 'Health' })
export type HealthJson = z.infer<typeof healthJson>

/** One request to an ingest path: never its contents. */
export const recentRequestJson = z
  .object({
    time: instant,
    method: z.string(),
    path: z.string(),
    client: z.string().nullable().meta({ description: 'The `User-Agent`.' }),
    encoding: z.string().nullable(),
    bytes: count,
    status: z.int(),
    spans: count,
    reason: z.string().nullable().meta({ description: 'Why it was refused, as `GET /` counts it.' }),
    rejections: z.array(rejectionJson).meta({ description: 'What was left out of it while it was taken.' }),
    advice: z.string().nullable(),
  })
  .meta({ id: 'RecentRequest' })
export type RecentRequestJson = z.infer<typeof recentRequestJson>

/** `GET /ingest/recent`, newest first. */
export const recentRequestsJson = z.object({ items: z.array(recentRequestJson), next_cursor: z.null() })
export type RecentRequestsJson = z.infer<typeof recentRequestsJson>
