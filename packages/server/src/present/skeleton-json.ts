import { isoTime } from '@tracellm/core'
import type { SkeletonJson } from '@tracellm/core/wire'
import type { SkeletonColumns } from '@tracellm/store'
import { dollarsOf, millisecondsOf } from './units.ts'

/** Every span of a trace as columns. One that would be null in every row is left out. */
export function presentSkeleton(columns: SkeletonColumns): SkeletonJson {
  const { durationUs, tokens, costNanoUsd, error } = columns
  return {
    count: columns.count,
    started_at: isoTime(columns.startUs),
    names: [...columns.names],
    step_id: [...columns.spanId],
    parent: [...columns.parent],
    name: [...columns.name],
    type: [...columns.type],
    status: [...columns.status],
    offset: columns.offsetUs.map(millisecondsOf),
    ...column('duration', durationUs, millisecondsOf),
    ...column('tokens', tokens, (value) => value),
    ...column('cost_usd', costNanoUsd, dollarsOf),
    ...column('error', error, (value) => value),
  }
}

function column<Name extends string, Known, Presented>(
  name: Name,
  values: readonly (Known | null)[] | undefined,
  convert: (value: Known) => Presented,
): { [Key in Name]?: (Presented | null)[] } {
  if (values === undefined || values.every((value) => value === null)) return {}
  const presented = values.map((value) => (value === null ? null : convert(value)))
  return { [name]: presented } as { [Key in Name]?: (Presented | null)[] }
}
