/** An id by its first six and last four characters: `a91f3c…77e2`. One that is hardly longer is given whole. */
export function formatId(id: string): string {
  return id.length <= 12 ? id : `${id.slice(0, 6)}…${id.slice(-4)}`
}
