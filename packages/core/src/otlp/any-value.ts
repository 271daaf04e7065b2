/**
 * What an OTLP attribute may hold, as plain values.
 *
 * Whole numbers of the wire's int64 are numbers within ±2^53 and bigints beyond, so none is rounded. Bytes are a
 * `Uint8Array`. `undefined` is "no value": an empty AnyValue, a JSON null, NaN and the infinities. Such a key is left
 * out; inside an array the position stays.
 */
export type AttributeValue =
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | undefined
  | readonly AttributeValue[]
  | Attributes

/** Attributes by key, without a prototype, so that no key (`__proto__`, `constructor`) means anything but itself. */
export interface Attributes {
  readonly [key: string]: AttributeValue
}

/** The same while it is being filled. */
export type AttributesInMaking = Record<string, AttributeValue>

/** Lists and objects inside each other are read and written down to this depth. */
export const maxDepth = 64

/** Stands in the place of what was nested deeper. */
export const cutMarker = `[cut: nested deeper than ${maxDepth}]`

export function newAttributes(): AttributesInMaking {
  return Object.create(null) as AttributesInMaking
}

/** Shared by all that have none, as an empty message costs two bytes on the wire and an object a hundred times that. */
export const noAttributes: Attributes = Object.freeze(newAttributes())

/** Shared by all lists that are empty. */
export const noItems: readonly AttributeValue[] = Object.freeze([])

/** Sets a key, or takes it out: of two values under one key the last counts, even where it is no value. */
export function setAttribute(attributes: AttributesInMaking, key: string, value: AttributeValue): void {
  if (value !== undefined) attributes[key] = value
  else if (key in attributes) delete attributes[key]
}

/** The exact value of a 64-bit integer, as a number where a number can hold it. */
export function narrowInteger(value: bigint): number | bigint {
  const narrow = Number(value)
  return Number.isSafeInteger(narrow) ? narrow : value
}

/** NaN and the infinities say nothing. */
export function finiteNumber(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}

export function isList(value: AttributeValue): value is readonly AttributeValue[] {
  return Array.isArray(value)
}

/** Whether the wire's int64 can hold it. */
export function isInt64(value: bigint): boolean {
  return value === BigInt.asIntN(64, value)
}
