import { z } from 'zod'
import { count, instant } from './scalars.ts'

const rejectionsJson = z.array(z.object({ reason: z.string(), count }))

/** `GET /`. What the caller may not see is `null`: a key sees the counts of its own project only. */
export const healthJson = z
  .object({
    name: z.literal('tracellm'),
    version: z.string(),
    status: z.enum(['ok', 'degraded']),
    uptime_s: z.number().min(0),
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
        rejected_spans: count,
        queued_spans: count,
        queued_bytes: count,
        refused_requests: count,
        log_records: count,
        metrics: z.array(z.object({ name: z.string(), points: count })),
        rejections: rejectionsJson,
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
    rejections: rejectionsJson,
    advice: z.string().nullable(),
  })
  .meta({ id: 'RecentRequest' })
export type RecentRequestJson = z.infer<typeof recentRequestJson>

/** `GET /ingest/recent`, newest first. */
export const recentRequestsJson = z.object({ items: z.array(recentRequestJson), next_cursor: z.null() })
export type RecentRequestsJson = z.infer<typeof recentRequestsJson>
