interface Started {
  readonly spanId: string
  readonly startUs: number
}

/** Start order, then id: the order in which spans are listed everywhere. */
export function byStart(one: Started, other: Started): number {
  if (one.startUs !== other.startUs) return one.startUs - other.startUs
  if (one.spanId === other.spanId) return 0
  return one.spanId < other.spanId ? -1 : 1
}

/** By end, then in start order. A span that is open ends after all that have ended. */
export function byEnd(one: Started & { endUs?: number }, other: Started & { endUs?: number }): number {
  const oneUs = one.endUs ?? Number.MAX_SAFE_INTEGER
  const otherUs = other.endUs ?? Number.MAX_SAFE_INTEGER
  return oneUs - otherUs || byStart(one, other)
}
