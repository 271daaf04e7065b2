import { traceStatuses } from '@tracellm/core'
import type { TraceFilter } from '../../port/queries.ts'
import type { View } from './view.ts'

/** Traces that have an index of their own, since few are like that. Its condition is literal, so that SQLite knows it fits. */
export const rareTraces = {
  failed: { index: 'trace_failed', condition: `t.status = ${traceStatuses.indexOf('failed')}` },
  running: { index: 'trace_running', condition: `t.status = ${traceStatuses.indexOf('running')}` },
  retried: { index: 'trace_retried', condition: 't.retries > 0' },
  slow: { index: 'trace_slow', condition: 't.slow = 1' },
} as const

/** A filter in numbers of the database. */
export interface TraceConditions {
  /** Nothing can match: a text of the filter is not stored anywhere. */
  readonly isImpossible: boolean
  /** Of `trace_label`, those that probably have the fewest rows first. */
  readonly labels: readonly number[]
  /** Only these. */
  readonly rare: keyof typeof rareTraces | undefined
  /** On columns of `trace t` that the index `trace_list` holds. */
  readonly onColumns: readonly string[]
  readonly parameters: Readonly<Record<string, number>>
  /** On the start, both inclusive. */
  readonly lowUs: number
  readonly highUs: number
}

/**
 * What a filter asks for, within what the view shows (`View.within` narrows it to an environment).
 * @param rare only traces that tried again, or were slow, beside what the filter says
 */
export function traceConditions(
  view: View,
  filter: Omit<TraceFilter, 'environment'>,
  rare?: 'retried' | 'slow',
): TraceConditions {
  const { dictionary } = view.reader
  const labels = [
    filter.sessionId && `s:${filter.sessionId}`,
    filter.userId && `u:${filter.userId}`,
    filter.model && `m:${filter.model}`,
  ].flatMap((label) => (label === undefined ? [] : [dictionary.find(label)]))

  const rareStatus = filter.status === 'failed' || filter.status === 'running' ? filter.status : undefined
  const status = filter.status === undefined || filter.status === rareStatus ? undefined : filter.status
  const columns: readonly (readonly [condition: string, name: string, value: number | undefined])[] = [
    ['t.status = :status', 'status', status && traceStatuses.indexOf(status)],
    ['t.env = :environment', 'environment', view.environment],
    ['t.end_us - t.start_us >= :latencyMinUs', 'latencyMinUs', filter.latencyMinUs],
    ['t.end_us - t.start_us <= :latencyMaxUs', 'latencyMaxUs', filter.latencyMaxUs],
    ['t.in_tok + t.out_tok >= :tokenMin', 'tokenMin', filter.tokenMin],
    ['t.in_tok + t.out_tok <= :tokenMax', 'tokenMax', filter.tokenMax],
  ]
  const used = columns.filter(([, , value]) => value !== undefined)
  return {
    isImpossible: labels.includes(-1) || view.environment === -1,
    labels,
    rare: rareStatus ?? rare,
    onColumns: used.map(([condition]) => condition),
    parameters: Object.fromEntries(used.map(([, name, value]) => [name, value!])),
    lowUs: filter.fromUs ?? 0,
    highUs: filter.toUs === undefined ? Number.MAX_SAFE_INTEGER : filter.toUs - 1,
  }
}
