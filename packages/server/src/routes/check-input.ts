import type { ErrorCode } from '@tracellm/core'
import type { z } from 'zod'
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
  // At most twenty: a body of a thousand wrong steps is understood from the first.
  const fields = result.error.issues.slice(0, 20).flatMap((issue) => fieldsOf(issue, []))
  throw wrongFields(code, where, fields)
}

function fieldsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): WrongField[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pathText([...path, key]), detail: 'not known here' }))
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return fieldsOfUnion(issue.errors, path)
  return [{ path: pathText(path), detail: messageOf(issue) }]
}

/** Of a choice the branch that got furthest, then the one with the least wrong; else what each of them asks for. */
function fieldsOfUnion(branches: readonly (readonly z.core.$ZodIssue[])[], path: readonly PropertyKey[]): WrongField[] {
  const fitting = branches.filter((issues) => issues.every((issue) => issue.path.length > 0 || isAboutContent(issue)))
  const [best] = fitting.toSorted((one, other) => depthOf(other) - depthOf(one) || one.length - other.length)
  if (best !== undefined) return best.flatMap((issue) => fieldsOf(issue, path))
  const asked = [...new Set(branches.flatMap((issues) => issues.map((issue) => messageOf(issue))))]
  return [{ path: pathText(path), detail: asked.join(', or ') }]
}

/** Whether the value had the type asked for, and something in it was wrong. */
function isAboutContent(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'unrecognized_keys' || issue.code === 'custom'
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(...issues.map((issue) => issue.path.length))
}

/** zod opens its messages with a heading (`Too big: expected …`), which says nothing more here. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'missing'
  return issue.message.replace(/^(Invalid input|Invalid option|Too big|Too small): /, '')
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')
}
