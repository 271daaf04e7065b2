import { useLayoutEffect, useState } from 'react'

/** The time, in microseconds since the epoch, that moves on every so often; it stands still when nothing waits for it. */
export function useNow(intervalMs: number | undefined): number {
  const [nowUs, setNowUs] = useState(() => Date.now() * 1000)
  // Before anything is drawn: while it stood still, hours may have gone by.
  useLayoutEffect(() => {
    if (intervalMs === undefined) return
    const moveOn = () => setNowUs(Date.now() * 1000)
    moveOn()
    const timer = setInterval(moveOn, intervalMs)
    return () => clearInterval(timer)
  }, [intervalMs])
  return nowUs
}
