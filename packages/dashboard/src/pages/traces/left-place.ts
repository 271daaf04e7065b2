import { useEffect, useState } from 'react'

/** Where the list was when it was left for a trace. */
export interface LeftPlace {
  /** The parameters of its address: another filter is another list. */
  readonly filter: string
  readonly offsetPx: number
  /** The key of the trace that was opened. */
  readonly cursor: string
}

let left: LeftPlace | undefined

export function leaveList(place: LeftPlace): void {
  left = place
}

/** Where the list is found again, once, when it is that list. */
export function useLeftPlace(filter: string): LeftPlace | undefined {
  const [place] = useState(() => (left?.filter === filter ? left : undefined))
  useEffect(() => {
    left = undefined
  }, [])
  return place
}
