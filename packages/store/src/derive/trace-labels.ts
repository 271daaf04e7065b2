import type { TraceTotals } from './trace-state.ts'

/** More than so many labels of one trace are no help to anybody, and neither are longer ones, which are of metadata. */
const maxLabels = 100
const maxLabelLength = 300

/**
 * What a trace can be found by, as a letter and a text: `m:` each model of its counted calls, `o:` each tool, `n:` its
 * name, `u:` user, `s:` session, `t:` each tag, `k:` each metadata value that is no list or object, as `key=value`.
 */
export function traceLabels(totals: TraceTotals, toolNames: Iterable<string>): ReadonlySet<string> {
  const labels = new Set<string>()
  const add = (letter: string, text: string | undefined): void => {
    if (text !== undefined && text.length <= maxLabelLength && labels.size < maxLabels) labels.add(`${letter}:${text}`)
  }
  // Of any length: filters ask for them as they are, and log records are joined by the session.
  if (totals.userId !== undefined) labels.add(`u:${totals.userId}`)
  if (totals.sessionId !== undefined) labels.add(`s:${totals.sessionId}`)
  add('n', totals.name)
  for (const model of totals.models) add('m', model)
  for (const tag of totals.tags) add('t', tag)
  for (const [key, value] of Object.entries(totals.metadata)) {
    if (typeof value !== 'object') add('k', `${key}=${value}`)
  }
  for (const name of toolNames) add('o', name)
  return labels
}
