/** The first yield that is neither absent nor empty. */
export function firstText<Item, Text extends string>(
  items: readonly Item[],
  pick: (item: Item) => Text | undefined,
): Text | undefined {
  for (const item of items) {
    const text = pick(item)
    if (text !== undefined && text !== '') return text
  }
  return undefined
}
