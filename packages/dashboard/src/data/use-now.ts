import { useEffect, useState } from 'react'

/** The time, in microseconds since the epoch, that moves on every so often; it stands still when nothing waits for it. */
export function useNow(intervalMs: number | undefined): number {
  const [nowUs, setNowUs] = useState(() => Date.now() * 1000)
  useEffect(() => {
    if (intervalMs === undefined) return
    const timer = setInterval(() => setNowUs(Date.now() * 1000), intervalMs)
    return () => clearInterval(timer)
  }, [intervalMs])
  return nowUs
}
