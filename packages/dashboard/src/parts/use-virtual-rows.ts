import { useVirtualizer, type Range, type Virtualizer } from '@tanstack/react-virtual'
import { useEffect, type RefObject } from 'react'
import { useRowHeight, type RowHeightToken } from './use-row-height.ts'

export interface VirtualRowsOptions {
  readonly count: number
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly height: RowHeightToken
  readonly keyOf: (index: number) => string
  /** Rows kept ready on either side of those on view. */
  readonly overscan: number
  /** Which rows there are for those on view (they, and the overscan). */
  readonly rangeExtractor?: (range: Range) => number[]
  /** Where the list is scrolled to at first, in pixels (0). */
  readonly initialOffset?: number
}

/** The rows on view of a list whose rows are all as high as a token says. */
export function useVirtualRows({ scroller, height, keyOf, ...options }: VirtualRowsOptions): {
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>
  readonly rowHeight: number
} {
  const rowHeight = useRowHeight(height)
  const virtualizer = useVirtualizer({
    ...options,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
  })
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight])
  return { virtualizer, rowHeight }
}
