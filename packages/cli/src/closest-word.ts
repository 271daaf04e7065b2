/**
 * The candidate that was probably meant, for "did you mean": the only one that begins so, else the one with the fewest
 * slips; `undefined` when none is near.
 */
export function closestWord(word: string, candidates: readonly string[]): string | undefined {
  const longer = candidates.filter((candidate) => word.length > 1 && candidate.startsWith(word))
  if (longer.length === 1) return longer[0]
  const mostEdits = Math.max(1, Math.floor(word.length / 3))
  let closest: string | undefined
  let fewest = mostEdits + 1
  for (const candidate of candidates) {
    const edits = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (edits >= fewest) continue
    fewest = edits
    closest = candidate
  }
  return closest
}

/**
 * How many letters must be added, dropped, changed or swapped with their neighbour (optimal string alignment).
 * `table[i][j]` is the answer for the first `i` letters of one and the first `j` of the other.
 */
function editDistance(one: string, other: string): number {
  const table = Array.from({ length: one.length + 1 }, (_, i) => [i, ...new Array<number>(other.length).fill(0)])
  for (let j = 0; j <= other.length; j += 1) table[0]![j] = j
  for (let i = 1; i <= one.length; i += 1) {
    for (let j = 1; j <= other.length; j += 1) {
      const changed = one[i - 1] === other[j - 1] ? 0 : 1
      const edits = [table[i - 1]![j]! + 1, table[i]![j - 1]! + 1, table[i - 1]![j - 1]! + changed]
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      if (isSwap) edits.push(table[i - 2]![j - 2]! + 1)
      table[i]![j] = Math.min(...edits)
    }
  }
  return table[one.length]![other.length]!
}
