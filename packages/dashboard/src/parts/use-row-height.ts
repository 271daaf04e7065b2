import { useSyncExternalStore } from 'react'

export type RowHeightToken = '--row-tree' | '--row-list'

/** Asking the browser for a style makes it lay out the page, so each answer holds until the window changes. */
const heights = new Map<RowHeightToken, number>()
window.addEventListener('resize', () => heights.clear())

/** The height of rows in pixels as the tokens have it for this screen, so that scripts and styles agree. */
export function useRowHeight(token: RowHeightToken): number {
  return useSyncExternalStore(subscribe, () => heightOf(token))
}

function heightOf(token: RowHeightToken): number {
  const known = heights.get(token)
  if (known !== undefined) return known
  const height = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(token))
  heights.set(token, height)
  return height
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}
