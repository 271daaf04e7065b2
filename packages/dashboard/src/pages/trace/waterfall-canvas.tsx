import { useEffect, useRef } from 'react'
import type { TreeRow } from '../../layout/step-tree.ts'
import type { TimeScale } from '../../layout/time-scale.ts'
import { timeTicks } from '../../layout/time-ticks.ts'
import { waterfallBars } from '../../layout/waterfall-bars.ts'
import { drawWaterfall } from './draw-waterfall.ts'
import { useMedia } from './use-media.ts'

export interface WaterfallCanvasProps {
  readonly rows: readonly TreeRow[]
  /** The rows to draw, from the first to the last of them. */
  readonly first: number
  readonly last: number
  readonly rowHeight: number
  readonly scale: TimeScale
  /** Whether steps without an end still run. */
  readonly isRunning: boolean
  readonly widthPx: number
}

/**
 * The bars of the rows on view. It lies among the rows and scrolls with them, and is drawn anew when other rows come on
 * view. What it shows, the tree says in words.
 */
export function WaterfallCanvas({ rows, first, last, rowHeight, scale, isRunning, widthPx }: WaterfallCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const isUnderRows = useMedia('(max-width: 639px)')
  const heightPx = Math.max(0, last - first + 1) * rowHeight

  useEffect(() => {
    if (canvas.current === null || widthPx === 0) return
    const shown = rows.slice(first, last + 1).map(({ step }, index) => ({ row: index, step }))
    const bars = waterfallBars(shown, scale, widthPx, isRunning)
    drawWaterfall(canvas.current, {
      bars,
      // The lines of the axis have no axis above them there.
      lines: isUnderRows ? [] : timeTicks(scale, widthPx).map(({ at }) => at * widthPx),
      folds: isUnderRows
        ? []
        : scale.folds.map(({ from, to }) => ({ x: from * widthPx, width: (to - from) * widthPx })),
      widthPx,
      heightPx,
      rowHeight,
      isUnderRows,
    })
  }, [rows, first, last, rowHeight, scale, isRunning, widthPx, heightPx, isUnderRows])

  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={`The steps in time, from ${first + 1} to ${last + 1} of ${rows.length}`}
      style={{ position: 'absolute', top: first * rowHeight, width: widthPx, height: heightPx }}
    />
  )
}
