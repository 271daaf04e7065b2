import { z } from 'zod'
import { projectIdText } from './scalars.ts'

/**
 * Fields of query strings: text outside, values inside. The types of a client are the values (`z.output`), and so is
 * what the OpenAPI document says.
 */
export function queryNumber(range: z.ZodNumber) {
  return z.codec(z.string(), range, { decode: (text, context) => readNumber(text, context), encode: String })
}

/** A comma between the values; none of them twice. */
export function queryList<Value extends string>(item: z.ZodType<Value, string>, maxItems: number) {
  return z.codec(z.string(), z.array(item).min(1).max(maxItems), {
    decode: (text) => [...new Set(text.split(','))],
    encode: (items) => items.join(','),
  })
}

/** `true` or `false`. */
export const queryFlag = z.codec(z.enum(['true', 'false']), z.boolean(), {
  decode: (text) => text === 'true',
  encode: (flag) => (flag ? 'true' : 'false'),
})

/** Text that must say something: `?model=` is a slip, not a filter. */
export const queryText = z.string().min(1, 'empty: leave the parameter out instead').max(1000)

/** Which project is asked for; a key fixes it. */
export const projectField = { project_id: projectIdText.optional() }

/** The query of routes that take nothing else. */
export const projectQuery = z.strictObject(projectField)

export const pageFields = {
  limit: queryNumber(z.int().min(1).max(200)).optional().meta({ description: 'Items of a page (50).' }),
  cursor: queryText.optional().meta({ description: '`next_cursor` of the page before.' }),
}

/** Plain decimals: `Number` alone would take the empty text for 0, and hexadecimal too. */
function readNumber(text: string, context: z.core.ParsePayload<string>): number {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  context.issues.push({ code: 'custom', message: 'a number is asked for', input: text })
  return z.NEVER
}
