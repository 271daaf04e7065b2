/** What of a version of a span says whether it stands. */
export interface SpanVersion {
  /** Absent while it is open. */
  readonly endUs: number | undefined
  /** How many attributes were sent, those that the mapping used up included. */
  readonly weight: number
  /** 47 bits of a hash of all content. */
  readonly digest: number
}

/** Two versions with the same digest are the same. */
export function isSameVersion(one: SpanVersion, other: SpanVersion): boolean {
  return one.digest === other.digest
}

/**
 * Whether of two versions of a span the first stands: the ended one, else the one that ends later, else the one with
 * more attributes, else the one with the greater digest. So the order in which they arrive does not matter.
 */
export function standsBefore(one: SpanVersion, other: SpanVersion): boolean {
  if (one.endUs !== other.endUs) {
    if (one.endUs === undefined || other.endUs === undefined) return other.endUs === undefined
    return one.endUs > other.endUs
  }
  return one.weight === other.weight ? one.digest > other.digest : one.weight > other.weight
}
