import type { ErrorCode } from '@tracellm/core'
import type { z } from 'zod'
import { shortName } from '../short-text.ts'
import { wrongFields, type WrongField } from './wrong-field.ts'

/**
 * What the schema makes of a value from outside.
 * @param where what the value is, for the message: `query`, `body`, `path`.
 * @throws TraceLLMError with the code given, and in `extra.errors` every field that is wrong.
 */
export function checkInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  code: ErrorCode,
  where: string,
): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const fields = result.error.issues.flatMap((issue) => fieldsOf(issue))
  // At most twenty: a body of a thousand wrong steps is understood from the first.
  throw wrongFields(code, where, fields.slice(0, 20))
}

function fieldsOf(issue: z.core.$ZodIssue): WrongField[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: shortName(pathText([...issue.path, key])),
      detail: 'not known here',
    }))
  }
  return [{ path: shortName(pathText(issue.path)), detail: messageOf(issue) }]
}

/** zod opens its messages with a heading (`Too big: expected …`), which says nothing more here. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'missing'
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return choiceOf(issue.errors)
  return issue.message.replace(/^(Invalid input|Invalid option|Too big|Too small): /, '')
}

/** What each branch of a choice asks for. */
function choiceOf(branches: readonly (readonly z.core.$ZodIssue[])[]): string {
  return [...new Set(branches.flat().map((issue) => messageOf(issue)))].join(', or ')
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')
}
