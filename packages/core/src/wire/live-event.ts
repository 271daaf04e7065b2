import { z } from 'zod'
import { projectField, queryFlag, queryNumber, queryText } from './query-fields.ts'
import { count, instant, optional, projectIdText, traceIdText } from './scalars.ts'
import { scoreJson } from './score.ts'
import { stepJson } from './step.ts'
import { traceJson } from './trace.ts'

/** A step of the live view: with the trace it belongs to. */
export const liveStepJson = stepJson.extend({ trace_id: traceIdText, project_id: projectIdText })
export type LiveStepJson = z.infer<typeof liveStepJson>

export const liveScoreJson = scoreJson.extend({ project_id: projectIdText })
export type LiveScoreJson = z.infer<typeof liveScoreJson>

function eventOf<Type extends string, Data extends z.ZodType>(type: Type, data: Data) {
  return z.object({ type: z.literal(type), sequence: count, at: instant, data })
}

/** One event of `/ws`. */
export const liveEventJson = z
  .discriminatedUnion('type', [
    eventOf('system.connected', z.object({ version: z.string(), sequence: count, resumed: z.boolean() })),
    eventOf('trace.created', traceJson),
    eventOf('trace.updated', traceJson),
    eventOf('span.created', liveStepJson),
    eventOf('span.updated', liveStepJson),
    eventOf('score.created', liveScoreJson),
    eventOf('system.gap', z.object({ left_out: count })),
  ])
  .meta({ id: 'LiveEvent' })
export type LiveEventJson = z.infer<typeof liveEventJson>

/** What the server sends as one message. */
export const liveFrameJson = z.array(liveEventJson)
export type LiveFrameJson = z.infer<typeof liveFrameJson>

/** What a client may send. */
export const liveCommand = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('subscribe'),
      project_id: optional(projectIdText),
      q: optional(queryText),
      spans: optional(z.boolean()).meta({ description: 'Span events too.' }),
    }),
    z.strictObject({ type: z.literal('pause') }),
    z.strictObject({ type: z.literal('resume') }),
  ])
  .meta({ id: 'LiveCommand' })
export type LiveCommand = z.infer<typeof liveCommand>

/** The query of `/ws`. */
export const liveQuery = z.strictObject({
  ...projectField,
  q: queryText.optional(),
  after: queryNumber(count).optional().meta({ description: 'The last sequence number seen.' }),
  spans: queryFlag.optional().meta({ description: 'Span events too, from the first on (false).' }),
})
export type LiveQuery = z.infer<typeof liveQuery>
