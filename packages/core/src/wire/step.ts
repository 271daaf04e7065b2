import { z } from 'zod'
import { spanStatuses, spanTypes } from '../span/span.ts'
import { pageFields, projectField, queryList, queryNumber } from './query-fields.ts'
import { count, jsonValue, listOf, milliseconds, spanIdText, usDollars } from './scalars.ts'

/** A span as a row of a tree. */
export const stepJson = z
  .object({
    step_id: spanIdText,
    parent_id: spanIdText.nullable(),
    name: z.string(),
    summary: z.string().nullable().meta({ description: 'What was done, at most 120 characters.' }),
    type: z.enum(spanTypes),
    model_name: z.string().nullable(),
    tool_name: z.string().nullable(),
    offset: z.number().meta({ description: "Milliseconds after the trace's start." }),
    duration: milliseconds.nullable().meta({ description: 'Milliseconds; null while running.' }),
    success: z.boolean().nullable().meta({ description: 'False when it failed, null while running.' }),
    status: z.enum(spanStatuses),
    error: z.string().nullable(),
    attempt: count.meta({ description: '1 for the first try, more for a retry.' }),
    input_tokens: count.nullable(),
    output_tokens: count.nullable(),
    cache_read_tokens: count.nullable(),
    cache_write_tokens: count.nullable(),
    reasoning_tokens: count.nullable(),
    cost_usd: usDollars.nullable(),
    ttft: milliseconds.nullable().meta({ description: 'Milliseconds to the first part of the answer.' }),
  })
  .meta({ id: 'Step' })
export type StepJson = z.infer<typeof stepJson>

const bodyHash = z.string().meta({ description: 'Equal for equal content, within a project.' })
const bodyKey = z.string().meta({ description: 'Fetches the whole: `/traces/{trace_id}/bodies/{body}`.' })

/** A message in canonical form, and where its body is. */
export const messageJson = z
  .object({
    direction: z.enum(['input', 'output']),
    hash: bodyHash,
    body: bodyKey,
    bytes: count,
    role: z.string(),
    name: z.string().nullable(),
    parts: z.array(z.record(z.string(), jsonValue)).meta({
      description: 'Parts by `type`: text, reasoning, toolCall, toolResult, media, other.',
    }),
  })
  .meta({ id: 'Message' })
export type MessageJson = z.infer<typeof messageJson>

export const truncatedJson = z
  .object({
    field: z.string().meta({ description: 'What was cut: `input`, `output`, `messages[3]`, `tools`.' }),
    bytes: count.meta({ description: 'How long the whole is.' }),
    body: bodyKey,
  })
  .meta({ id: 'Truncated' })
export type TruncatedJson = z.infer<typeof truncatedJson>

/** What went in and came out, each body cut to `body_limit`. */
export const contentFields = {
  input: jsonValue.meta({ description: 'The value that went in; of a conversation, what was asked, as text.' }),
  output: jsonValue.meta({ description: 'The value that came out; of a conversation, the answer, as text.' }),
  messages: z.array(messageJson).meta({ description: 'The conversation in order; empty where there is none.' }),
  truncated: z.array(truncatedJson),
}

export const stepWithBodiesJson = stepJson.extend(contentFields).meta({ id: 'StepWithBodies' })
export type StepWithBodiesJson = z.infer<typeof stepWithBodiesJson>

/** `GET /traces/{trace_id}/steps` */
export const stepsQuery = z.strictObject({
  ...projectField,
  ids: queryList(spanIdText, 500).meta({ description: 'Step ids with commas between, at most 500.' }),
})
export type StepsQuery = z.infer<typeof stepsQuery>

export const stepListJson = listOf(stepJson)
export type StepListJson = z.infer<typeof stepListJson>

export const defaultBodyLimit = 262_144

export const bodyLimitField = {
  body_limit: queryNumber(z.int().min(1).max(67_108_864))
    .optional()
    .meta({ description: `Bytes of a body above which it is cut (${defaultBodyLimit}).` }),
}

/** A page of the steps of one trace is larger than that of other lists. */
export const maxStepsOfPage = 20_000

export const stepPageFields = {
  limit: queryNumber(z.int().min(1).max(maxStepsOfPage))
    .optional()
    .meta({ description: `Steps of a page (${maxStepsOfPage}).` }),
  cursor: pageFields.cursor,
}
