import { z } from 'zod'
import { spanTypes } from '../span/span.ts'
import { count, instant, jsonObject, jsonValue, milliseconds, traceIdText } from './scalars.ts'

/** `null` stands for what is not known, as in answers, so that a program need not leave keys out. */
const text = z.string().nullish()

const plainInstant = z
  .union([instant, z.number().min(0).max(9_007_199_254)])
  .meta({ description: 'ISO 8601, or seconds since the epoch.' })

export const plainStepInput = z
  .strictObject({
    step_id: text.meta({ description: '16 hex characters are kept, any other text is hashed into an id.' }),
    parent_id: text.meta({ description: 'The `step_id` of another step; else the step belongs to the trace itself.' }),
    name: text,
    tool_name: text,
    type: z.enum(spanTypes).nullish(),
    input: jsonValue.optional(),
    output: jsonValue.optional(),
    duration: milliseconds.nullish(),
    success: z.boolean().nullish(),
    error: text,
    timestamp: plainInstant.nullish(),
    model_name: text,
    input_tokens: count.nullish(),
    output_tokens: count.nullish(),
  })
  .refine((step) => isSaid(step.name) || isSaid(step.tool_name), { message: '`name` or `tool_name` is asked for' })
  .meta({ id: 'PlainStepInput' })
export type PlainStepInput = z.infer<typeof plainStepInput>

export const plainTraceInput = z
  .strictObject({
    trace_id: traceIdText.nullish().meta({ description: 'Makes sending the trace again harmless.' }),
    name: text,
    prompt: text,
    response: text,
    model_name: text,
    status: z.enum(['success', 'warning', 'failed']).nullish().meta({ description: 'Wins over the derived status.' }),
    latency: milliseconds.nullish(),
    started_at: plainInstant.nullish(),
    session_id: text,
    user_id: text,
    tags: z.array(z.string()).nullish(),
    metadata: jsonObject.nullish(),
    environment: text,
    failure_reason: text,
    steps: z.array(plainStepInput).nullish(),
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

function isSaid(value: string | readonly unknown[] | null | undefined): boolean {
  return value !== undefined && value !== null && value.length > 0
}
