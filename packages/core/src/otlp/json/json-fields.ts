/**
 * Fields of OTLP/JSON: what a key may hold and what it means when it is missing.
 *
 * As in all of Protobuf's JSON, a missing key and null are the default value. Whatever has another type is an
 * OtlpDecodeError that names the key; each layer it goes out through puts its own name before that.
 */
import { finiteNumber, isInt64 } from '../any-value.ts'
import { OtlpDecodeError } from '../decode-error.ts'
import { microsOfDecimal, microsOfNumber } from '../nanoseconds.ts'
import { malformedId, type IdText } from '../record-ids.ts'

export type JsonFields = Readonly<Record<string, unknown>>

export function isJsonFields(value: unknown): value is JsonFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Null is what Protobuf's JSON writes for a field that is not set. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}

export function wrongType(needed: string, value: unknown, key?: string): OtlpDecodeError {
  return new OtlpDecodeError(typeFault(needed, value), { path: key })
}

export function typeFault(needed: string, value: unknown): string {
  return `${needed} is needed, this is ${nameOf(value)}`
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return (
    { string: 'a text', number: 'a number', boolean: 'true or false', object: 'an object' }[typeof value as string] ??
    typeof value
  )
}

/** Runs what reads something inside `segment`, so that an error says so. */
export function inside<Result>(segment: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw error instanceof OtlpDecodeError ? error.within(segment) : error
  }
}

/** Hands over every item of the list under a key. */
export function forEachIn(owner: JsonFields, key: string, read: (item: unknown) => void): void {
  const list = owner[key]
  if (!isGiven(list)) return
  if (!Array.isArray(list)) throw wrongType('a list', list, key)
  let index = 0
  try {
    for (; index < list.length; index++) read(list[index])
  } catch (error) {
    throw error instanceof OtlpDecodeError ? error.within(`${key}[${index}]`) : error
  }
}

/** The object that is an item of a list. */
export function fieldsOf(item: unknown): JsonFields {
  if (!isJsonFields(item)) throw wrongType('an object', item)
  return item
}

/** Reads the object under a key, if there is one. */
export function readObject(owner: JsonFields, key: string, read: (fields: JsonFields) => void): void {
  const value = owner[key]
  if (!isGiven(value)) return
  inside(key, () => read(fieldsOf(value)))
}

/** Lone surrogates, which JSON can escape and no other encoding can hold, become U+FFFD. */
export function textField(owner: JsonFields, key: string): string {
  const value = owner[key]
  if (typeof value === 'string') return value.toWellFormed()
  if (!isGiven(value)) return ''
  throw wrongType('a text', value, key)
}

/** The same where text may be missing: an empty one says no more than that. */
export function optionalTextField(owner: JsonFields, key: string): string | undefined {
  const text = textField(owner, key)
  return text === '' ? undefined : text
}

/** An id of so many hex digits. */
export function idField(owner: JsonFields, key: string, digits: number): IdText {
  const id = textField(owner, key).toLowerCase()
  if (id === '') return ''
  return id.length === digits && /^[0-9a-f]+$/.test(id) ? id : malformedId
}

/** Nanoseconds as whole microseconds, see `nanoseconds.ts`. */
export function microsField(owner: JsonFields, key: string): number | undefined {
  const value = owner[key]
  if (!isGiven(value)) return undefined
  const micros =
    typeof value === 'string' ? microsOfDecimal(value) : typeof value === 'number' ? microsOfNumber(value) : Number.NaN
  if (Number.isNaN(micros)) throw wrongType('a whole number of nanoseconds', value, key)
  return micros
}

/** An unsigned number, as number or decimal text; as a uint32 cannot be larger, what is larger counts as that. */
export function countField(owner: JsonFields, key: string): number {
  const value = owner[key]
  return isGiven(value) ? Math.min(wholeNumber(value, key), 0xffff_ffff) : 0
}

/** The same where it may be missing. */
export function optionalCountField(owner: JsonFields, key: string): number | undefined {
  return isGiven(owner[key]) ? countField(owner, key) : undefined
}

/** An unsigned number; above 2^53 only its size is right. */
export function wholeNumber(value: unknown, key?: string): number {
  const number = typeof value === 'string' && /^\d{1,20}$/.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0)
    throw wrongType('a whole number', value, key)
  return number
}

/** An enum as number, or as the name that Protobuf's JSON has for it; a name that is not known is 0, "unspecified". */
export function enumField(owner: JsonFields, key: string, names: ReadonlyMap<string, number>): number {
  const value = owner[key]
  if (!isGiven(value)) return 0
  if (typeof value === 'number' && Number.isInteger(value)) return Math.max(0, value)
  if (typeof value === 'string') return names.get(value) ?? 0
  throw wrongType('a number or the name of an enum', value, key)
}

/** A signed 64-bit number, as number or decimal text; exact unless JSON itself has rounded it. */
export function int64(value: unknown): number | bigint {
  if (Number.isSafeInteger(value)) return value as number
  const isWhole = typeof value === 'string' ? /^-?\d{1,20}$/.test(value) : Number.isInteger(value)
  if (!isWhole) throw wrongType('a 64-bit integer', value)
  const narrow = Number(value)
  if (Number.isSafeInteger(narrow)) return narrow
  const exact = BigInt(value as string | number)
  if (!isInt64(exact)) throw wrongType('a 64-bit integer', value)
  return exact
}

/** A double, as number, decimal text or one of the names that JSON has no number for. */
export function double(value: unknown): number {
  if (typeof value === 'number') return value
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  if (Number.isNaN(number) && value !== 'NaN') throw wrongType('a number', value)
  return number
}

/** The double under a key, if there is one; NaN and the infinities say nothing. */
export function doubleField(owner: JsonFields, key: string): number | undefined {
  const value = owner[key]
  return isGiven(value) ? inside(key, () => finiteNumber(double(value))) : undefined
}
