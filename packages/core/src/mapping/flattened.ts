import type { JsonValue } from '../json/json-value.ts'
import type { AttributeValue } from '../otlp/any-value.ts'
import { newJsonObject, toJson } from './to-json.ts'

/** What flat keys said, and the keys that did not fit. */
export interface Unflattened {
  /** A list in the order of its numbers, without gaps. */
  readonly items: readonly JsonValue[]
  /** Keys that had to be left out: they contradict an earlier one, or go beyond the limits. */
  readonly leftOut: ReadonlySet<string>
}

/** Numbers in flat keys above this are nobody's position in a list. */
const maxIndex = 4095
const maxDepth = 64

/**
 * Lists and objects written in flat keys.
 *
 * ```
 * llm.tools.1.tool.name = b          [{ tool: { name: 'a' } }, { tool: { name: 'b' } }]
 * llm.tools.0.tool.name = a    →
 * ```
 * A level whose first key is a number is a list: its items come in the order of their numbers, gaps are closed and
 * other keys are left out. Nothing is allocated for a number as such, so a key with index four billion costs nothing.
 * @param prefix with its last dot: `llm.tools.`
 */
export function unflatten(
  attributes: Iterable<readonly [key: string, value: AttributeValue]>,
  prefix: string,
): Unflattened {
  const root: Node = new Map()
  const leftOut = new Set<string>()
  for (const [key, value] of attributes) {
    const json = toJson(value)
    const path = key.slice(prefix.length).split('.')
    if (json !== undefined && !(fits(path) && place(root, path, json))) leftOut.add(key)
  }
  return { items: listOf(root), leftOut }
}

/** A level while it is filled. Its keys are all numbers or all names, as the first of them was. */
type Node = Map<string | number, Node | Leaf>
interface Leaf {
  readonly value: JsonValue
}

function fits(path: readonly string[]): boolean {
  return (
    path.length <= maxDepth &&
    isIndex(path[0]!) &&
    path.every((segment) => !(isIndex(segment) && Number(segment) > maxIndex))
  )
}

function place(root: Node, path: readonly string[], value: JsonValue): boolean {
  let node = root
  for (let level = 0; level < path.length - 1; level++) {
    const key = keyOf(node, path[level]!)
    if (key === undefined) return false
    let next = node.get(key)
    if (next === undefined) {
      next = new Map()
      node.set(key, next)
    }
    if (!isNode(next)) return false
    node = next
  }
  const last = keyOf(node, path.at(-1)!)
  if (last === undefined || node.has(last)) return false
  node.set(last, { value })
  return true
}

/** A segment as a key of the level; `undefined` where the level has keys of the other kind. */
function keyOf(node: Node, segment: string): string | number | undefined {
  const key = isIndex(segment) ? Number(segment) : segment
  const first = node.size === 0 ? key : node.keys().next().value
  return typeof first === typeof key ? key : undefined
}

function isIndex(segment: string): boolean {
  if (segment === '') return false
  for (let at = 0; at < segment.length; at++) if (!isDigit(segment.charCodeAt(at))) return false
  return true
}

/** Whether a UTF-16 code is one of `0` to `9`. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isNode(held: Node | Leaf): held is Node {
  return held instanceof Map
}

function valueOf(held: Node | Leaf): JsonValue {
  if (!isNode(held)) return held.value
  return typeof held.keys().next().value === 'number' ? listOf(held) : objectOf(held)
}

function listOf(node: Node): JsonValue[] {
  const numbered = [...node].filter(([key]) => typeof key === 'number') as [number, Node | Leaf][]
  return numbered.toSorted(([one], [other]) => one - other).map(([, held]) => valueOf(held))
}

function objectOf(node: Node): JsonValue {
  const object = newJsonObject()
  for (const [key, held] of node) object[key as string] = valueOf(held)
  return object
}
