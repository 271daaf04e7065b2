import { z } from 'zod'
import { pageFields, projectField, queryText } from './query-fields.ts'
import { count, instant, traceIdText, usDollars } from './scalars.ts'
import { traceJson } from './trace.ts'

/** `GET /failures` */
export const failuresQuery = z.strictObject({
  ...projectField,
  environment: queryText.optional(),
  from: instant.optional(),
  to: instant.optional(),
  limit: pageFields.limit.meta({ description: 'Traces of each kind (20).' }),
})
export type FailuresQueryInput = z.infer<typeof failuresQuery>

export const failureGroupJson = z
  .object({
    fingerprint: z.string(),
    title: z.string(),
    error_type: z.string().nullable(),
    span_name: z.string().nullable(),
    model_name: z.string().nullable(),
    state: z.enum(['new', 'back', 'known', 'quiet']),
    count,
    recovered: count,
    cost_usd: usDollars.nullable(),
    first_seen: instant,
    last_seen: instant,
    series: z.array(count),
    trace_ids: z.array(traceIdText),
  })
  .meta({ id: 'FailureGroup' })

export const failuresJson = z
  .object({
    failed_traces: z.array(traceJson),
    retries: z.array(traceJson),
    slow_requests: z.array(traceJson),
    totals: z.object({ failed: count, retries: count, slow: count }),
    groups: z.array(failureGroupJson),
  })
  .meta({ id: 'Failures' })
export type FailuresJson = z.infer<typeof failuresJson>
