import { z } from 'zod'
import { spanStatuses, spanTypes } from '../span/span.ts'
import { traceStatuses } from '../trace/trace.ts'
import { pageFields, projectField, queryNumber, queryText } from './query-fields.ts'
import {
  count,
  instant,
  jsonObject,
  listOf,
  milliseconds,
  projectIdText,
  spanIdText,
  traceIdText,
  usDollars,
} from './scalars.ts'
import { bodyLimitField, stepJson, stepPageFields, stepWithBodiesJson } from './step.ts'

/** A trace as lists and live events show it. */
export const traceJson = z
  .object({
    trace_id: traceIdText,
    project_id: projectIdText,
    environment: z.string().nullable(),
    name: z.string(),
    status: z.enum(traceStatuses),
    prompt: z.string().nullable().meta({ description: 'What was asked; in lists cut to 500 characters.' }),
    response: z.string().nullable().meta({ description: 'What was answered; in lists cut to 500 characters.' }),
    model_name: z.string().nullable(),
    models: z.array(z.string()),
    provider: z.string().nullable(),
    latency: milliseconds.nullable().meta({ description: 'Milliseconds; null while running.' }),
    started_at: instant,
    token_count: count,
    input_tokens: count,
    output_tokens: count,
    cache_read_tokens: count,
    cache_write_tokens: count,
    reasoning_tokens: count,
    cost_usd: usDollars.nullable().meta({ description: 'US dollars; null when no call has a known cost.' }),
    cost_is_partial: z.boolean().meta({ description: 'True when the cost of some call is unknown.' }),
    span_count: count,
    llm_calls: count,
    tool_calls: count,
    error_count: count,
    retry_count: count,
    slow_request: z.boolean(),
    failure_reason: z.string().nullable(),
    session_id: z.string().nullable(),
    user_id: z.string().nullable(),
    tags: z.array(z.string()),
    service: z.string().nullable(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Trace' })
export type TraceJson = z.infer<typeof traceJson>

export const resourceJson = z.object({ attributes: jsonObject, schema_url: z.string().nullable() }).meta({
  id: 'Resource',
})
export type ResourceJson = z.infer<typeof resourceJson>

/** One trace, with a page of its steps. */
export const traceDetailJson = traceJson
  .extend({
    metadata: jsonObject,
    release: z.string().nullable(),
    resource: resourceJson,
    active_ms: milliseconds.meta({ description: 'Wall time in which a step without children was open.' }),
    steps: z.array(z.union([stepWithBodiesJson, stepJson])),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'TraceDetail' })
export type TraceDetailJson = z.infer<typeof traceDetailJson>

export const tracePageJson = listOf(traceJson).extend({
  total: count,
  total_is_exact: z.boolean().meta({ description: 'True up to 10,000.' }),
})
export type TracePageJson = z.infer<typeof tracePageJson>

/** The plain filters of traces; what is named must hold, all of it. */
export const traceFilterFields = {
  q: queryText.optional().meta({ description: 'Filter language. Not supported yet.' }),
  ...projectField,
  environment: queryText.optional(),
  status: z.enum(traceStatuses).optional(),
  model: queryText.optional(),
  session_id: queryText.optional(),
  user_id: queryText.optional(),
  latency_min: queryNumber(milliseconds).optional(),
  latency_max: queryNumber(milliseconds).optional(),
  token_min: queryNumber(count).optional(),
  token_max: queryNumber(count).optional(),
  from: instant.optional().meta({ description: 'Earliest start, inclusive.' }),
  to: instant.optional().meta({ description: 'Latest start, exclusive.' }),
}

/** `GET /traces` */
export const listTracesQuery = z.strictObject({ ...traceFilterFields, ...pageFields })
export type ListTracesQuery = z.infer<typeof listTracesQuery>

/** `GET /traces/{trace_id}` */
export const readTraceQuery = z.strictObject({
  ...projectField,
  include: z.enum(['bodies']).optional().meta({ description: 'Input and output of every step, of at most 1,000.' }),
  ...bodyLimitField,
  ...stepPageFields,
})
export type ReadTraceQuery = z.infer<typeof readTraceQuery>

/** Every span of a trace as columns of equal length. */
export const skeletonJson = z
  .object({
    count,
    started_at: instant,
    names: z.array(z.string()),
    step_id: z.array(spanIdText),
    parent: z.array(z.int().min(-1)).meta({ description: 'Row of the parent, -1 where there is none.' }),
    name: z.array(count).meta({ description: 'Index into `names`.' }),
    type: z.array(z.enum(spanTypes)),
    status: z.array(z.enum(spanStatuses)),
    offset: z.array(z.number()),
    duration: z.array(milliseconds.nullable()).optional(),
    tokens: z.array(count.nullable()).optional(),
    cost_usd: z.array(usDollars.nullable()).optional(),
    error: z.array(z.string().nullable()).optional(),
  })
  .meta({ id: 'Skeleton', description: 'Columns that are null in every row are left out.' })
export type SkeletonJson = z.infer<typeof skeletonJson>

export const deletionJson = z.object({ deleted_traces: count, deleted_spans: count, freed_bytes: count })
export type DeletionJson = z.infer<typeof deletionJson>
