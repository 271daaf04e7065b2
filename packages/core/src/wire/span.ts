import { z } from 'zod'
import { spanKinds } from '../span/span.ts'
import { projectField } from './query-fields.ts'
import { count, instant, jsonObject, jsonValue, projectIdText, traceIdText, usDollars } from './scalars.ts'
import { scoreJson } from './score.ts'
import { bodyLimitField, contentFields, stepJson } from './step.ts'
import { resourceJson } from './trace.ts'

export const usageJson = z
  .object({
    input_tokens: count.nullable(),
    output_tokens: count.nullable(),
    cache_read_tokens: count.nullable(),
    cache_write_tokens: count.nullable(),
    reasoning_tokens: count.nullable(),
    modalities: z.record(z.string(), z.number()),
  })
  .meta({ id: 'Usage', description: 'Cached tokens are part of the input, reasoning is part of the output.' })
export type UsageJson = z.infer<typeof usageJson>

const perMillion = usDollars.nullable().meta({ description: 'US dollars for a million tokens.' })

export const costJson = z
  .object({
    usd: usDollars,
    source: z.enum(['reported', 'priced']),
    priced_usd: usDollars
      .nullable()
      .meta({ description: 'What the price list says where the client reported a cost.' }),
    price: z
      .object({
        list: z.string(),
        provider: z.string(),
        model: z.string(),
        input_per_million: perMillion,
        output_per_million: perMillion,
        cache_read_per_million: perMillion,
        cache_write_per_million: perMillion,
      })
      .nullable(),
  })
  .meta({ id: 'Cost' })
export type CostJson = z.infer<typeof costJson>

export const evaluationJson = z.object({
  name: z.string(),
  value: z.number().nullable(),
  label: z.string().nullable(),
  explanation: z.string().nullable(),
  annotator_kind: z.string().nullable(),
  target: z.enum(['span', 'trace', 'session']),
})

/** One span, with everything that is known of it. */
export const spanJson = stepJson
  .extend({
    trace_id: traceIdText,
    project_id: projectIdText,
    started_at: instant,
    ended_at: instant.nullable(),
    kind: z.enum(spanKinds),
    provider: z.string().nullable(),
    ...contentFields,
    tools: z
      .object({ hash: z.string(), body: z.string(), bytes: count, definitions: jsonValue })
      .nullable()
      .meta({ description: 'Tools offered to the model, as the client sent them.' }),
    params: jsonObject.nullable(),
    usage: usageJson.nullable(),
    cost: costJson.nullable(),
    error_type: z.string().nullable(),
    request_model: z.string().nullable(),
    response_model: z.string().nullable(),
    response_id: z.string().nullable(),
    finish_reasons: z.array(z.string()),
    tool: z
      .object({
        name: z.string().nullable(),
        call_id: z.string().nullable(),
        kind: z.string().nullable(),
        description: z.string().nullable(),
      })
      .nullable(),
    agent: z
      .object({
        name: z.string().nullable(),
        id: z.string().nullable(),
        description: z.string().nullable(),
        version: z.string().nullable(),
      })
      .nullable(),
    retrieval: z
      .object({
        query: z.string().nullable(),
        top_k: z.number().nullable(),
        data_source_id: z.string().nullable(),
        documents: z.array(jsonObject),
      })
      .nullable(),
    prompt_template: jsonObject.nullable(),
    evaluations: z.array(evaluationJson),
    scores: z.array(scoreJson),
    original_name: z.string().nullable(),
    origin: z.enum(['span', 'log']),
    time_fault: z.enum(['no-start', 'end-before-start']).nullable(),
    attributes: jsonObject.meta({ description: 'What no rule has used, as it was sent.' }),
    events: z.array(z.object({ name: z.string(), time: instant.nullable(), attributes: jsonObject })),
    links: z.array(
      z.object({
        trace_id: z.string(),
        span_id: z.string(),
        trace_state: z.string().nullable(),
        attributes: jsonObject,
      }),
    ),
    trace_state: z.string().nullable(),
    flags: count.nullable(),
    dropped: z
      .object({ attributes: count, events: count, links: count })
      .meta({ description: 'How many the sender left out.' }),
    resource: resourceJson,
    scope: z.object({
      name: z.string().nullable(),
      version: z.string().nullable(),
      attributes: jsonObject,
      schema_url: z.string().nullable(),
    }),
    dialects: z.array(z.string()),
    used_keys: z.array(z.string()).meta({ description: 'Attributes whose meaning is told elsewhere in the span.' }),
  })
  .meta({ id: 'Span' })
export type SpanJson = z.infer<typeof spanJson>

/** `GET /traces/{trace_id}/spans/{span_id}` */
export const readSpanQuery = z.strictObject({ ...projectField, ...bodyLimitField })
export type ReadSpanQuery = z.infer<typeof readSpanQuery>
