import { z } from 'zod'
import { isProjectId, isSpanId, isTraceId, type ProjectId, type SpanId, type TraceId } from '../ids/ids.ts'
import type { JsonValue } from '../json/json-value.ts'
import { parseIsoTime } from '../time/iso-time.ts'

export const traceIdText: z.ZodType<TraceId, string> = z
  .string()
  .refine(isTraceId, '32 lowercase hex characters are asked for, not all zero')
  .meta({ description: 'Trace id: 32 lowercase hex characters.', examples: ['5b8efff798038103d269b633813fc60c'] })

export const spanIdText: z.ZodType<SpanId, string> = z
  .string()
  .refine(isSpanId, '16 lowercase hex characters are asked for, not all zero')
  .meta({ description: 'Span id: 16 lowercase hex characters.', examples: ['eee19b7ec3c1b174'] })

export const projectIdText: z.ZodType<ProjectId, string> = z
  .string()
  .refine(
    isProjectId,
    'lowercase letters, digits, `.`, `_` and `-` are asked for, at most 128, one letter or digit at least',
  )
  .meta({ description: 'Project id.', examples: ['default'] })

/** An instant as text. Answers always say `Z`. */
export const instant = z
  .string()
  .refine(
    (text) => parseIsoTime(text) !== undefined,
    'an ISO 8601 time with Z or an offset is asked for, from 1970 to June 2255',
  )
  .meta({ description: 'ISO 8601.', format: 'date-time', examples: ['2026-11-23T14:02:41.114123Z'] })

export const milliseconds = z.number().min(0).meta({ description: 'Milliseconds, fractions allowed.' })

export const usDollars = z.number().min(0).meta({ description: 'US dollars.' })

export const count = z.int().min(0)

/** A field of a body that may be left out. `null` says the same, so that a program may send back what answers gave it. */
export function optional<Value extends z.ZodType>(value: Value) {
  return value
    .nullable()
    .transform((given) => given ?? undefined)
    .optional()
}

/** Any JSON. What `JSON.parse` gave needs no second look. */
export const jsonValue = z.unknown() as unknown as z.ZodType<JsonValue>

export const jsonObject = z.record(z.string(), jsonValue)

/** One page of a list; `next_cursor` is `null` on the last. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() })
}
