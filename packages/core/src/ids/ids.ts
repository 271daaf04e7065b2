import type { Brand } from './brand.ts'

/** 32 lowercase hex characters, not all zero. Source: W3C Trace Context, `trace-id`. */
export type TraceId = Brand<string, 'TraceId'>

/** 16 lowercase hex characters, not all zero. Source: W3C Trace Context, `parent-id`. */
export type SpanId = Brand<string, 'SpanId'>

/**
 * A project's id: 1 to 128 lowercase letters, digits, `.`, `_` and `-`, one letter or digit at least. It stands in paths,
 * where `.` and `..` would be taken out.
 */
export type ProjectId = Brand<string, 'ProjectId'>

export function isTraceId(text: string): text is TraceId {
  return /^(?!0{32})[0-9a-f]{32}$/.test(text)
}

export function isSpanId(text: string): text is SpanId {
  return /^(?!0{16})[0-9a-f]{16}$/.test(text)
}

export function isProjectId(text: string): text is ProjectId {
  return /^(?=[._-]*[\p{Ll}\p{Lo}\p{Lm}\p{N}])[\p{Ll}\p{Lo}\p{Lm}\p{N}._-]{1,128}$/u.test(text)
}

/** The project of spans that name none. */
export const defaultProjectId = 'default' as ProjectId

/**
 * The id of the project that a client names in a header or an attribute: lower case, with runs of other characters
 * than letters, digits, `.` and `_` as one `-`.
 * @returns `undefined` when no letter or digit of the name is left.
 */
export function projectIdOfName(name: string): ProjectId | undefined {
  const id = name
    .toWellFormed()
    .toLowerCase()
    .replace(/[^\p{Ll}\p{Lo}\p{Lm}\p{N}._]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 128)
    .replace(/[\uD800-\uDBFF]$/, '')
  return isProjectId(id) ? id : undefined
}
