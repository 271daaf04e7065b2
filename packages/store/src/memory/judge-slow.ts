import { addHistograms, bucketStartUs, histogramOfAll, isSlow, slowPeersUs, type Histogram } from '@tracellm/core'
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
  const peers = Map.groupBy(finishedBefore(traces, touches), peerKey)
  const minutes = new Map([...peers].map(([key, views]) => [key, latenciesByMinute(views)]))
  for (const view of finished) {
    view.kept.slow = isSlow(latencyUs(view), latenciesBefore(view, minutes.get(peerKey(view)) ?? []))
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

type Minutes = readonly (readonly [minuteUs: number, latencies: Histogram])[]

function latenciesByMinute(views: readonly TraceView[]): Minutes {
  const minutes = Map.groupBy(views, (view) => bucketStartUs(view.summary.startUs, 'minute'))
  return [...minutes].map(([minuteUs, own]) => [minuteUs, histogramOfAll(own.flatMap((view) => latencyUs(view) ?? []))])
}

function latenciesBefore({ summary: { startUs } }: TraceView, minutes: Minutes): Histogram {
  const oldestUs = bucketStartUs(Math.max(0, startUs - slowPeersUs), 'minute')
  return minutes
    .filter(([minuteUs]) => minuteUs >= oldestUs && minuteUs <= startUs)
    .reduce((sum: Histogram, [, latencies]) => addHistograms(sum, latencies), new Map())
}

function latencyUs({ summary }: TraceView): number | undefined {
  return summary.endUs === undefined ? undefined : summary.endUs - summary.startUs
}
