import { isJsonObject, type JsonObject } from '../json/json-value.ts'
import type { AttributeValue } from '../otlp/any-value.ts'
import { maxCallNanoUsd, maxCallTokens } from '../span/largest-figures.ts'
import { parseIsoTime } from '../time/iso-time.ts'
import type { Reader } from './field.ts'
import { parseJson } from './parse-json.ts'

/**
 * Readers of single values. All are tolerant: numbers come as numbers, big integers and text, lists as lists, JSON and
 * plain text. What is not what they look for is `undefined`, never an error.
 */

/** A text that says something; a number is its digits. */
export const text = (value: AttributeValue | null): string | undefined => {
  if (typeof value === 'number' || typeof value === 'bigint') return value.toString()
  return typeof value === 'string' && /\S/.test(value) ? value : undefined
}

/** A text that may be quoted as JSON: MLflow writes `"\"LLM\""`, Langfuse its instants. */
export const quotedText = (value: AttributeValue | null): string | undefined => {
  const plain = text(value)
  if (plain === undefined || !plain.startsWith('"')) return plain
  const inner = parseJson(plain)
  return typeof inner === 'string' ? text(inner) : plain
}

/** A number of at least 0, as a number or as text. */
export const amount = (value: AttributeValue | null): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number === 'bigint') return number >= 0n ? Number(number) : undefined
  return typeof number === 'number' && number >= 0 && Number.isFinite(number) ? number : undefined
}

/** A whole number of at least 0 that a number can hold exactly: positions, numbers asked for. */
export const count = (value: AttributeValue | null): number | undefined => {
  const number = amount(value)
  return number === undefined ? undefined : safe(Math.round(number))
}

/** The tokens of a call, as long as a call can have so many. */
export const tokens = (value: AttributeValue | null): number | undefined => atMost(maxCallTokens, count(value))

/** US dollars, as whole nano-USD, as long as a call can cost so much. */
export const usd = (value: AttributeValue | null): number | undefined =>
  atMost(maxCallNanoUsd, scaled(value, 1_000_000_000))

/** Seconds, as microseconds. */
export const seconds = (value: AttributeValue | null): number | undefined => scaled(value, 1_000_000)

/** Milliseconds, as microseconds. */
export const milliseconds = (value: AttributeValue | null): number | undefined => scaled(value, 1000)

/** Microseconds from the start of the span to an instant in ISO 8601. Instants before the start say nothing. */
export const sinceStart: Reader<number> = (value, reading) => {
  const instant = quotedText(value)
  const { startUs } = reading.subject
  const atUs = instant === undefined ? undefined : parseIsoTime(instant)
  return atUs === undefined || startUs === undefined || atUs < startUs ? undefined : atUs - startUs
}

function scaled(value: AttributeValue | null, factor: number): number | undefined {
  const number = amount(value)
  return number === undefined ? undefined : safe(Math.round(number * factor))
}

function atMost(limit: number, number: number | undefined): number | undefined {
  return number === undefined || number > limit ? undefined : number
}

function safe(whole: number): number | undefined {
  return Number.isSafeInteger(whole) ? whole : undefined
}

/** Texts as a list, as JSON, or one plain text. Empty ones are left out. */
export const texts = (value: AttributeValue | null): readonly string[] | undefined => {
  const parsed = typeof value === 'string' ? (parseJson(value) ?? value) : value
  const items = Array.isArray(parsed) ? (parsed as readonly AttributeValue[]) : [parsed as AttributeValue]
  const found = items.map(text).filter((item) => item !== undefined)
  return found.length === 0 ? undefined : found
}

/** More pieces between commas than this are no list of names. */
const maxPieces = 10_000

/** The same, where one plain text holds several with commas between. */
export const commaTexts = (value: AttributeValue | null): readonly string[] | undefined => {
  const pieces = texts(value)?.map((item) => item.split(',', maxPieces + 1))
  if (pieces === undefined || pieces.some((ofItem) => ofItem.length > maxPieces)) return undefined
  const found = pieces.flat().flatMap((piece) => piece.trim() || [])
  return found.length === 0 ? undefined : found
}

/** A JSON object. */
export const object: Reader<JsonObject> = (_value, reading, key) => {
  const found = reading.json(key)
  return isJsonObject(found) ? found : undefined
}

/** Reads only in spans of instrumentations whose name starts so: for keys that say nothing by themselves. */
export function inScope<Value>(prefix: string | readonly string[], read: Reader<Value>): Reader<Value> {
  const prefixes = typeof prefix === 'string' ? [prefix] : prefix
  return (value, reading, key) =>
    prefixes.some((start) => reading.isFrom(start)) ? read(value, reading, key) : undefined
}
