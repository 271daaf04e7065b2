import { addHistograms, bucketStartUs, histogramOf, isSlow, slowPeersUs, type Histogram } from '@tracellm/core'
import type { Touch } from './announcer.ts'
import type { TraceTable } from './trace-table.ts'
import type { TraceView } from './trace-view.ts'

/** Judges a trace by its peers, if what touched it finished it. */
export function judgeSlow(traces: TraceTable, { kept, before }: Touch): void {
  const view = traces.view(kept)
  if (view === undefined || view.summary.status === 'running') return
  if (before !== undefined && before.summary.status !== 'running') return
  const peers = traces.views({ projectId: kept.projectId }).filter((other) => isPeer(view, other))
  kept.slow = isSlow(latencyUs(view), peers.map(latencyUs).reduce(addLatency, new Map()))
  traces.hasChanged(kept)
}

function isPeer({ kept, summary }: TraceView, other: TraceView): boolean {
  const { name, status, startUs } = other.summary
  const isInTime =
    startUs >= bucketStartUs(Math.max(0, summary.startUs - slowPeersUs), 'minute') &&
    bucketStartUs(startUs, 'minute') <= summary.startUs
  return other.kept !== kept && name === summary.name && status !== 'running' && isInTime
}

function latencyUs({ summary }: TraceView): number | undefined {
  return summary.endUs === undefined ? undefined : summary.endUs - summary.startUs
}

function addLatency(sum: Histogram, us: number | undefined): Histogram {
  return us === undefined ? sum : addHistograms(sum, histogramOf(us))
}
