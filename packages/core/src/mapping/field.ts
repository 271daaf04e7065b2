import type { JsonValue } from '../json/json-value.ts'
import type { AttributeValue } from '../otlp/any-value.ts'
import type { Dialect } from './dialect.ts'
import type { Reading } from './reading.ts'

/**
 * One thing that the canonical form knows, and every place where a client may say it, in order of trust.
 * The tables in `table/` are made of these. A new dialect is rows at their places.
 */
export interface Field<Value> {
  /** Its place among all fields, so that what was found for it is kept in an array. */
  readonly number: number
  readonly rows: readonly Row<Value>[]
  /** Puts what was read into the words of the canonical form. A key whose text was changed by that stays in the attributes. */
  normalize?(value: Value): Value
}

export interface Row<Value> {
  /**
   * Where it is said:
   * - `gen_ai.request.model`: this attribute
   * - `metadata.*`: all attributes that start so
   * - `llm.tools.#`: all attributes that start so and go on with a number, a list written in flat keys
   * - `@exception`: the span events of this name
   */
  readonly key: string
  readonly dialect: Dialect
  readonly read: Reader<Value>
  /** It reads a part of what the key says, so that the key is not used up by it. */
  readonly part: boolean
}

/**
 * Makes a value of what stands under a key; `undefined` when it is not what the row expects, so that the next row is
 * tried. For keys that name many attributes or events `value` is absent, and the reader asks the reading for them.
 */
export type Reader<Value> = (value: AttributeValue | null, reading: Reading, key: string) => Value | undefined

/** A place inside JSON. */
export interface Part<Value> {
  readonly path: readonly string[]
  readonly read: Reader<Value> | undefined
}

type RowText<Value> = readonly [key: string, dialect: Dialect, read?: Reader<Value> | Part<Value>]

let fieldCount = 0

/** A field whose rows are read by `read`, unless a row brings a reader of its own. */
export function field<Value>(
  read: Reader<Value>,
  rows: readonly RowText<Value>[],
  normalize?: (value: Value) => Value,
): Field<Value> {
  return { number: fieldCount++, rows: rows.map((row) => rowOf(row, read)), ...(normalize && { normalize }) }
}

/** What stands at a path inside JSON, structured or as text: `at('usage.input_tokens')`. */
export function at<Value>(path: string, read?: Reader<Value>): Part<Value> {
  return { path: path.split('.'), read }
}

function rowOf<Value>([key, dialect, own]: RowText<Value>, ofField: Reader<Value>): Row<Value> {
  if (own === undefined || typeof own === 'function') return { key, dialect, read: own ?? ofField, part: false }
  return { key, dialect, read: within(own.path, own.read ?? ofField), part: true }
}

function within<Value>(path: readonly string[], read: Reader<Value>): Reader<Value> {
  return (_value, reading, key) => {
    const found: JsonValue | undefined = reading.jsonAt(key, path)
    return found === undefined ? undefined : read(found as AttributeValue | null, reading, key)
  }
}
