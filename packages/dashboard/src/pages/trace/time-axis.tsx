import { formatMilliseconds } from '@tracellm/core/format'
import type { TimeScale } from '../../layout/time-scale.ts'
import { timeTicks } from '../../layout/time-ticks.ts'

/** The times above the bars, and how long was waited where a wait is folded. */
export function TimeAxis({ scale, widthPx }: { scale: TimeScale; widthPx: number }) {
  return (
    <div className="time-axis" aria-hidden="true">
      {timeTicks(scale, widthPx).map(({ at, text }) => (
        <span key={text} style={{ left: at * widthPx }}>
          {text}
        </span>
      ))}
      {scale.folds.map(({ gap, from, to }) => (
        <b key={gap.startMs} style={{ left: ((from + to) / 2) * widthPx }}>
          {formatMilliseconds(gap.endMs - gap.startMs)} idle
        </b>
      ))}
    </div>
  )
}
