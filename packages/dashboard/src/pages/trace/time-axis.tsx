import { foldLabels } from '../../layout/fold-labels.ts'
import type { TimeScale } from '../../layout/time-scale.ts'
import { timeTicks } from '../../layout/time-ticks.ts'

/** The times above the bars, and how long was waited where a wait is folded. */
export function TimeAxis({ scale, widthPx }: { scale: TimeScale; widthPx: number }) {
  return (
    <div className="time-axis" aria-hidden="true">
      {timeTicks(scale, widthPx).map(({ ms, at, text }) => (
        <span key={ms} style={{ left: at * widthPx }}>
          {text}
        </span>
      ))}
      {foldLabels(scale, widthPx).map(({ gap, text, x, width }) => (
        <b key={gap.startMs} style={{ left: x, width }}>
          {text}
        </b>
      ))}
    </div>
  )
}
