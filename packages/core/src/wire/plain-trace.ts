import { z } from 'zod'
import { maxCallTokens } from '../span/largest-figures.ts'
import {
  maxMetadataCharacters,
  maxMetadataKeys,
  maxNameCharacters,
  maxTagCharacters,
  maxTags,
} from '../span/longest-texts.ts'
import { spanTypes } from '../span/span.ts'
import { count, instant, jsonObject, jsonValue, optional, traceIdText } from './scalars.ts'

const text = optional(z.string())

const name = text.meta({ description: `Cut to ${maxNameCharacters} characters; the whole is kept as an attribute.` })

const idText = text.meta({
  description: `Of more than ${maxNameCharacters} characters the start and a hash; the whole is kept as an attribute.`,
})

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
    name,
    tool_name: idText,
    type: optional(z.enum(spanTypes)),
    input: jsonValue.optional(),
    output: jsonValue.optional(),
    duration: optional(plainLength),
    success: optional(z.boolean()),
    error: text,
    timestamp: optional(plainInstant),
    model_name: idText,
    input_tokens: optional(plainTokens),
    output_tokens: optional(plainTokens),
  })
  .refine((step) => isSaid(step.name) || isSaid(step.tool_name), { message: '`name` or `tool_name` is asked for' })
  .meta({ id: 'PlainStepInput' })
export type PlainStepInput = z.infer<typeof plainStepInput>

export const plainTraceInput = z
  .strictObject({
    trace_id: optional(traceIdText).meta({ description: 'Makes sending the trace again harmless.' }),
    name,
    prompt: text,
    response: text,
    model_name: idText,
    status: optional(z.enum(['success', 'warning', 'failed'])).meta({ description: 'Wins over the derived status.' }),
    latency: optional(plainLength),
    started_at: optional(plainInstant),
    session_id: idText,
    user_id: idText,
    tags: optional(z.array(z.string())).meta({
      description: `The first ${maxTags} are shown, each of at most ${maxTagCharacters} characters.`,
    }),
    metadata: optional(jsonObject).meta({
      description: `The first ${maxMetadataKeys} keys are shown, of each value at most ${maxMetadataCharacters} characters.`,
    }),
    environment: idText,
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
