import { z } from 'zod'
import { projectField, queryText } from './query-fields.ts'
import { count, instant, milliseconds, usDollars } from './scalars.ts'
import { traceJson } from './trace.ts'

/** From histograms, whose buckets are 2 % wide, and rounded to three digits. */
const percentile = (name: string) => milliseconds.nullable().meta({ description: `${name}, within 1.5 %.` })

const intervals = z.enum(['minute', 'hour', 'day'])

const timeZone = z.string().refine(isTimeZone, 'an IANA time zone is asked for, such as Europe/Berlin')

/** `GET /analytics` */
export const analyticsQuery = z.strictObject({
  ...projectField,
  environment: queryText.optional(),
  model: queryText.optional(),
  from: instant.optional().meta({ description: 'Start of the range, inclusive.' }),
  to: instant.optional().meta({ description: 'End of the range, exclusive.' }),
  interval: intervals.optional().meta({ description: 'Width of a bucket; fits the range unless named.' }),
  time_zone: timeZone.optional().meta({ description: 'For day buckets (UTC).', examples: ['Europe/Berlin'] }),
})
export type AnalyticsQueryInput = z.infer<typeof analyticsQuery>

export const analyticsSummaryJson = z.object({
  total_traces: count,
  success_rate: z.number().min(0).max(1).nullable(),
  average_latency: milliseconds.nullable(),
  p50_latency: percentile('p50'),
  p95_latency: percentile('p95'),
  p99_latency: percentile('p99'),
  total_token_usage: count,
  input_tokens: count,
  output_tokens: count,
  cache_read_tokens: count,
  cache_write_tokens: count,
  reasoning_tokens: count,
  total_cost_usd: usDollars.nullable(),
  cost_is_partial: z.boolean(),
  llm_calls: count,
  tool_calls: count,
  error_spans: count,
  failed_traces: count,
  warning_traces: count,
  running_traces: count,
  retries: count,
  slow_requests: count,
  unpriced_calls: count,
})

export const analyticsBucketJson = z.object({
  label: instant.meta({ description: 'Start of the bucket.' }),
  traces: count,
  failed: count,
  warning: count,
  latency: percentile('p50'),
  p95_latency: percentile('p95'),
  tokens: count,
  cached_tokens: count,
  cost_usd: usDollars.nullable(),
})

export const breakdownRowJson = z.object({
  key: z.string(),
  count,
  tokens: count.nullable(),
  cost_usd: usDollars.nullable(),
  p95_latency: percentile('p95'),
  errors: count.nullable(),
})
export type BreakdownRowJson = z.infer<typeof breakdownRowJson>

export const analyticsJson = z
  .object({
    from: instant.meta({ description: 'The range used, widened to what is kept.' }),
    to: instant,
    interval: intervals,
    day_boundaries: z.enum(['viewer', 'utc', 'mixed']),
    out_of_range: count.meta({ description: 'Traces outside the default range.' }),
    limited: z.string().nullable().meta({ description: 'Why the figures are of a part only.' }),
    summary: analyticsSummaryJson,
    charts: z.array(analyticsBucketJson),
    status_breakdown: z.array(breakdownRowJson),
    model_breakdown: z.array(breakdownRowJson),
    project_breakdown: z.array(breakdownRowJson),
    tool_breakdown: z.array(breakdownRowJson),
    recent_failures: z.array(traceJson),
  })
  .meta({ id: 'Analytics' })
export type AnalyticsJson = z.infer<typeof analyticsJson>

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}
