import { bucketOf, histogramCount, type Histogram } from '../rollup/histogram.ts'

/** How far back a trace's peers lie. */
export const slowPeersUs = 7 * 86_400_000_000

const fewestPeers = 20

/**
 * Whether a trace took longer than 95 % of its peers: the traces of its project and name that had finished before it
 * did and started within `slowPeersUs` before it, by whole minutes. Judged once, when the trace finishes. With fewer
 * than 20 peers nothing is slow; nor is what lies in the same bucket as the 95 %.
 */
export function isSlow(latencyUs: number | undefined, peers: Histogram): boolean {
  const count = histogramCount(peers)
  if (latencyUs === undefined || count < fewestPeers) return false
  const own = bucketOf(latencyUs)
  let shorter = 0
  for (const [bucket, traces] of peers) if (bucket < own) shorter += traces
  return shorter >= Math.ceil(count * 0.95)
}
