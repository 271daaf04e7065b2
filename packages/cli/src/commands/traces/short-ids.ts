const shortest = 6

/**
 * The start of each id, long enough to tell the given ones apart, so that it can be copied into the next command.
 * Ids of some tracers begin with the time, so six characters are not always enough.
 */
export function shortIds(ids: readonly string[]): string[] {
  const sorted = [...new Set(ids)].toSorted()
  return ids.map((id) => {
    const place = sorted.indexOf(id)
    const alike = Math.max(commonStart(id, sorted[place - 1] ?? ''), commonStart(id, sorted[place + 1] ?? ''))
    return id.slice(0, Math.max(shortest, alike + 1))
  })
}

function commonStart(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return length
}
