import { traceStatuses } from '@tracellm/core'
import type { TraceJson } from '@tracellm/core/wire'
import { filterParameters, isTraceStatus, type FilterParameter, type TraceFilter } from '../data/trace-filter.ts'

/** How a filter is written in the filter line: `session:issue-482` is the parameter `session_id`. */
const names: Readonly<Record<FilterParameter, string>> = {
  status: 'status',
  model: 'model',
  session_id: 'session',
  user_id: 'user',
  environment: 'environment',
  project_id: 'project',
}

export interface FilterTerm {
  readonly parameter: FilterParameter
  readonly name: string
  readonly value: string
}

/** The terms of a filter in the order of the table. */
export function filterTerms(filter: TraceFilter): FilterTerm[] {
  return filterParameters.flatMap((parameter) => {
    const value = filter[parameter]
    return value === undefined ? [] : [{ parameter, name: names[parameter], value }]
  })
}

export type ParsedTerm = { readonly parameter: FilterParameter; readonly value: string } | { readonly problem: string }

/** What somebody typed, `status:failed`. Quotes around the value are taken off. */
export function parseTerm(text: string): ParsedTerm {
  const colon = text.indexOf(':')
  const name = text.slice(0, colon === -1 ? undefined : colon).trim()
  const parameter = filterParameters.find((candidate) => names[candidate] === name || candidate === name)
  if (colon === -1) return { problem: `Searching texts comes later. Now: ${allNames}` }
  if (parameter === undefined) return { problem: `There is no ${name}: yet. Now: ${allNames}` }
  const value = text
    .slice(colon + 1)
    .trim()
    .replace(/^"(.*)"$/, '$1')
  if (value === '') return { problem: `${name}: what?` }
  if (parameter === 'status' && !isTraceStatus(value)) return { problem: `A status is ${traceStatuses.join(', ')}` }
  return { parameter, value }
}

const allNames = Object.values(names)
  .map((name) => `${name}:`)
  .join(' ')

export interface Suggestion {
  /** What the line says once it is taken. */
  readonly text: string
  readonly about: string
}

const maxSuggestions = 8

/** How what is typed may go on: names first, then the values that the loaded traces have. */
export function suggestTerms(text: string, filter: TraceFilter, traces: readonly TraceJson[]): Suggestion[] {
  const typed = text.trimStart().toLowerCase()
  const colon = typed.indexOf(':')
  if (colon === -1) return suggestNames(typed, filter)
  const parameter = filterParameters.find((candidate) => names[candidate] === typed.slice(0, colon))
  if (parameter === undefined) return []
  const wanted = typed.slice(colon + 1)
  return valuesOf(parameter, traces)
    .filter(([value]) => value.toLowerCase().includes(wanted))
    .slice(0, maxSuggestions)
    .map(([value, count]) => ({
      text: `${names[parameter]}:${value}`,
      about: count === 0 ? '' : `${count} of those loaded`,
    }))
}

function suggestNames(typed: string, filter: TraceFilter): Suggestion[] {
  return filterParameters
    .filter((parameter) => names[parameter].startsWith(typed) && filter[parameter] === undefined)
    .map((parameter) => ({ text: `${names[parameter]}:`, about: nameHints[parameter] }))
}

const nameHints: Readonly<Record<FilterParameter, string>> = {
  status: 'running, success, warning, failed, interrupted',
  model: 'that was called',
  session_id: 'one conversation',
  user_id: 'who asked',
  environment: 'production, development …',
  project_id: 'of several',
}

/** With how often each was seen, the commonest first. Statuses are known without looking. */
function valuesOf(parameter: FilterParameter, traces: readonly TraceJson[]): [string, number][] {
  const counts = new Map<string, number>(parameter === 'status' ? traceStatuses.map((status) => [status, 0]) : [])
  for (const trace of traces) {
    const values = parameter === 'model' ? trace.models : [trace[parameter]]
    for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].toSorted(([, one], [, other]) => other - one)
}
