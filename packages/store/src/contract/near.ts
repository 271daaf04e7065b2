import { expect } from 'vitest'

const percentiles = new Set(['p50LatencyUs', 'p95LatencyUs', 'p99LatencyUs'])
/** How far a percentile from a histogram may be from the exact one. */
const share = 0.015

/** An answer with each percentile that is near the exact one in its place, so that the rest can be compared as it is. */
export function nearly(exact: unknown, answer: unknown): unknown {
  if (typeof exact !== 'object' || exact === null || typeof answer !== 'object' || answer === null) return answer
  if (Array.isArray(answer)) return answer.map((item, at) => nearly((exact as unknown[])[at], item))
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => {
      const wanted = (exact as Record<string, unknown>)[key]
      return [key, percentiles.has(key) ? nearNumber(wanted, value) : nearly(wanted, value)]
    }),
  )
}

function nearNumber(exact: unknown, answer: unknown): unknown {
  if (typeof exact !== 'number' || typeof answer !== 'number') return answer
  return Math.abs(answer - exact) <= share * exact ? exact : answer
}

/** Expects a percentile within 1.5 % of what it is exactly. */
export function expectNear(us: number | undefined, exactUs: number | undefined): void {
  expect(us === exactUs ? 0 : Math.abs(us! - exactUs!) / exactUs!).toBeLessThanOrEqual(share)
}
