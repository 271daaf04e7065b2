/** The figures of two answers side by side, where percentiles may differ by as much as rollups make them. */
const percentiles = new Set(['p50LatencyUs', 'p95LatencyUs', 'p99LatencyUs'])

/** From each exact value: 1 %; from one another, two stores may so differ by 2 %. */
export function nearly(exact: unknown, answer: unknown, share = 0.01): unknown {
  if (typeof exact !== 'object' || exact === null || typeof answer !== 'object' || answer === null) return answer
  if (Array.isArray(answer)) return answer.map((item, at) => nearly((exact as unknown[])[at], item, share))
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => {
      const wanted = (exact as Record<string, unknown>)[key]
      return [key, percentiles.has(key) ? nearNumber(wanted, value, share) : nearly(wanted, value, share)]
    }),
  )
}

function nearNumber(exact: unknown, answer: unknown, share: number): unknown {
  if (typeof exact !== 'number' || typeof answer !== 'number') return answer
  return Math.abs(answer - exact) <= share * exact ? exact : answer
}
