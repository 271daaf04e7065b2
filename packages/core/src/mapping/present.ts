type Present<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> }

/** The object without the keys that have no value; `undefined` when none is left. */
export function present<T extends object>(object: T): Present<T> | undefined {
  const kept: { [key: string]: unknown } = {}
  let some = false
  for (const key in object) {
    if (object[key] === undefined) continue
    kept[key] = object[key]
    some = true
  }
  return some ? (kept as Present<T>) : undefined
}
