import { bucketStartUs, histogramOfAll, isSlow, slowPeersUs } from '@tracellm/core'
import type { Touch } from './announcer.ts'
import type { TraceTable } from './trace-table.ts'
import type { TraceView } from './trace-view.ts'

/** Judges the traces that a commit has finished, by the peers that were there before it. */
export function judgeSlow(traces: TraceTable, touches: readonly Touch[]): void {
  const finished = touches.flatMap(({ kept, before }) => {
    const view = traces.view(kept)
    return view !== undefined && isFinished(view) && !(before && isFinished(before)) ? [view] : []
  })
  if (finished.length === 0) return
  const peersOf = Map.groupBy(finishedBefore(traces, touches), peerKey)
  for (const view of finished) {
    const peers = (peersOf.get(peerKey(view)) ?? []).filter((peer) => isInTime(view, peer))
    view.kept.slow = isSlow(latencyUs(view), histogramOfAll(peers.flatMap((peer) => latencyUs(peer) ?? [])))
    traces.hasChanged(view.kept)
  }
}

function finishedBefore(traces: TraceTable, touches: readonly Touch[]): TraceView[] {
  const befores = new Map(touches.map(({ kept, before }) => [kept, before]))
  return traces
    .views({})
    .flatMap((view) => (befores.has(view.kept) ? (befores.get(view.kept) ?? []) : view))
    .filter(isFinished)
}

function isFinished({ summary }: TraceView): boolean {
  return summary.status !== 'running'
}

function peerKey({ kept, summary }: TraceView): string {
  return `${kept.projectId} ${summary.name}`
}

/** By whole minutes, as rollups keep them. */
function isInTime({ summary }: TraceView, peer: TraceView): boolean {
  const minuteUs = bucketStartUs(peer.summary.startUs, 'minute')
  const oldestUs = bucketStartUs(Math.max(0, summary.startUs - slowPeersUs), 'minute')
  return minuteUs >= oldestUs && minuteUs <= summary.startUs
}

function latencyUs({ summary }: TraceView): number | undefined {
  return summary.endUs === undefined ? undefined : summary.endUs - summary.startUs
}
