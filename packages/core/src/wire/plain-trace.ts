import { z } from 'zod'
import { maxCallTokens } from '../span/largest-figures.ts'
import { spanTypes } from '../span/span.ts'
import { count, instant, jsonObject, jsonValue, optional, traceIdText } from './scalars.ts'

const text = optional(z.string())

const plainInstant = z
  .union([instant, z.number().min(0).max(9_007_199_254)])
  .meta({ description: 'ISO 8601, or seconds since the epoch; from 1970 to June 2255.' })

/** With its start it must end by 2255 too; that is told where the start is known. */
const plainLength = z.number().min(0).max(9_007_199_254_740).meta({ description: 'Milliseconds, fractions allowed.' })

const plainTokens = z
  .int()
  .min(0)
  .max(maxCallTokens)
  .meta({ description: `Tokens of the call, at most ${maxCallTokens}.` })

export const plainStepInput = z
  .strictObject({
    step_id: text.meta({ description: '16 hex characters are kept, any other text is hashed into an id.' }),
    parent_id: text.meta({ description: 'The `step_id` of another step; else the step belongs to the trace itself.' }),
    name: text,
    tool_name: text,
    type: optional(z.enum(spanTypes)),
    input: jsonValue.optional(),
    output: jsonValue.optional(),
    duration: optional(plainLength),
    success: optional(z.boolean()),
    error: text,
    timestamp: optional(plainInstant),
    model_name: text,
    input_tokens: optional(plainTokens),
    output_tokens: optional(plainTokens),
  })
  .refine((step) => isSaid(step.name) || isSaid(step.tool_name), { message: '`name` or `tool_name` is asked for' })
  .meta({ id: 'PlainStepInput' })
export type PlainStepInput = z.infer<typeof plainStepInput>

export const plainTraceInput = z
  .strictObject({
    trace_id: optional(traceIdText).meta({ description: 'Makes sending the trace again harmless.' }),
    name: text,
    prompt: text,
    response: text,
    model_name: text,
    status: optional(z.enum(['success', 'warning', 'failed'])).meta({ description: 'Wins over the derived status.' }),
    latency: optional(plainLength),
    started_at: optional(plainInstant),
    session_id: text,
    user_id: text,
    tags: optional(z.array(z.string())),
    metadata: optional(jsonObject),
    environment: text,
    failure_reason: text,
    steps: optional(z.array(plainStepInput)),
  })
  .refine((trace) => isSaid(trace.name) || isSaid(trace.prompt) || isSaid(trace.response) || isSaid(trace.steps), {
    message: 'at least one of `name`, `prompt`, `response` and `steps` is asked for',
  })
  .meta({ id: 'PlainTraceInput' })
export type PlainTraceInput = z.infer<typeof plainTraceInput>

export const plainTracesInput = z.strictObject({ traces: z.array(plainTraceInput).min(1) })

/** `POST /traces`: one trace, or several. */
export const plainTraceRequest = z.union([plainTracesInput, plainTraceInput])
export type PlainTraceRequest = z.infer<typeof plainTraceRequest>

export const plainTraceReceipt = z.object({ traces: z.array(z.object({ trace_id: traceIdText, span_count: count })) })
export type PlainTraceReceipt = z.infer<typeof plainTraceReceipt>

function isSaid(value: string | readonly unknown[] | undefined): boolean {
  return value !== undefined && value.length > 0
}
