import { z } from 'zod'
import { pageFields, projectField } from './query-fields.ts'
import { instant, listOf, optional, spanIdText, traceIdText } from './scalars.ts'

const scoreSource = z.enum(['api', 'human', 'eval'])
const scoreValue = z.union([z.number(), z.string().max(10_000), z.boolean()])

/** `POST /scores` */
export const scoreInput = z
  .strictObject({
    id: optional(z.string().min(1).max(200)).meta({ description: 'The same id again replaces the score.' }),
    trace_id: traceIdText,
    span_id: optional(spanIdText),
    session_id: optional(z.string().min(1).max(1000)),
    name: z.string().min(1).max(200),
    value: scoreValue,
    comment: optional(z.string().max(10_000)),
    source: scoreSource,
  })
  .meta({ id: 'ScoreInput' })
export type ScoreInput = z.infer<typeof scoreInput>

export const scoreJson = z
  .object({
    id: z.string(),
    trace_id: traceIdText,
    span_id: spanIdText.nullable(),
    session_id: z.string().nullable(),
    name: z.string(),
    value: scoreValue,
    comment: z.string().nullable(),
    source: scoreSource,
    created_at: instant,
  })
  .meta({ id: 'Score' })
export type ScoreJson = z.infer<typeof scoreJson>

/** `GET /scores` */
export const listScoresQuery = z.strictObject({ ...projectField, trace_id: traceIdText, ...pageFields })
export type ListScoresQuery = z.infer<typeof listScoresQuery>

export const scoreListJson = listOf(scoreJson)
export type ScoreListJson = z.infer<typeof scoreListJson>
