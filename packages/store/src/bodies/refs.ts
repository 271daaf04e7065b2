import { decodeRuns, encodeRuns } from './runs.ts'

/** What refers to bodies: a span, what it says about its trace, a log record. `Key` stands for a body. */
export interface Refs<Key> {
  /** One of each message of the input and output, where they are messages. */
  readonly in?: readonly Key[]
  readonly out?: readonly Key[]
  /** The whole input and output, where they are plain values. */
  readonly inValue?: Key
  readonly outValue?: Key
  readonly tools?: Key
  /** Long values, with where they were taken from. */
  readonly lifted?: readonly (readonly [path: ValuePath, body: Key])[]
  /** Long media data and results of tools of all messages of the input and output, in the order in which they are met. */
  readonly inParts?: readonly Key[]
  readonly outParts?: readonly Key[]
}

export type ValuePath = readonly (string | number)[]

/** References as they are stored: runs of ids where the content is messages (`17,90+2`), one number where it is a value. */
export interface StoredRefs {
  readonly in?: string | number
  readonly out?: string | number
  readonly tools?: number
  readonly lifted?: readonly (readonly [path: ValuePath, id: number])[]
  readonly inParts?: string
  readonly outParts?: string
}

export function hasRefs(refs: Refs<unknown>): boolean {
  for (const _ in refs) return true
  return false
}

/** All that is referred to, each as often as it is. */
export function keysOfRefs<Key>(refs: Refs<Key>): Key[] {
  const keys: Key[] = []
  if (refs.in !== undefined) keys.push(...refs.in)
  if (refs.out !== undefined) keys.push(...refs.out)
  if (refs.inValue !== undefined) keys.push(refs.inValue)
  if (refs.outValue !== undefined) keys.push(refs.outValue)
  if (refs.tools !== undefined) keys.push(refs.tools)
  for (const [, body] of refs.lifted ?? []) keys.push(body)
  if (refs.inParts !== undefined) keys.push(...refs.inParts)
  if (refs.outParts !== undefined) keys.push(...refs.outParts)
  return keys
}

/** The same references by other keys. */
export function mapRefs<From, To>(refs: Refs<From>, to: (key: From) => To): Refs<To> {
  const mapped: { -readonly [Field in keyof Refs<To>]: Refs<To>[Field] } = {}
  if (refs.in !== undefined) mapped.in = refs.in.map(to)
  if (refs.out !== undefined) mapped.out = refs.out.map(to)
  if (refs.inValue !== undefined) mapped.inValue = to(refs.inValue)
  if (refs.outValue !== undefined) mapped.outValue = to(refs.outValue)
  if (refs.tools !== undefined) mapped.tools = to(refs.tools)
  if (refs.lifted !== undefined) mapped.lifted = refs.lifted.map(([path, body]) => [path, to(body)])
  if (refs.inParts !== undefined) mapped.inParts = refs.inParts.map(to)
  if (refs.outParts !== undefined) mapped.outParts = refs.outParts.map(to)
  return mapped
}

export function storeRefs(refs: Refs<number>): StoredRefs {
  const input = refs.inValue ?? (refs.in && encodeRuns(refs.in))
  const output = refs.outValue ?? (refs.out && encodeRuns(refs.out))
  return {
    ...(input !== undefined && { in: input }),
    ...(output !== undefined && { out: output }),
    ...(refs.tools !== undefined && { tools: refs.tools }),
    ...(refs.lifted && { lifted: refs.lifted }),
    ...(refs.inParts && { inParts: encodeRuns(refs.inParts) }),
    ...(refs.outParts && { outParts: encodeRuns(refs.outParts) }),
  }
}

export function readRefs(stored: StoredRefs | undefined): Refs<number> {
  if (stored === undefined) return {}
  return {
    ...contentRefs('in', 'inValue', stored.in),
    ...contentRefs('out', 'outValue', stored.out),
    ...(stored.tools !== undefined && { tools: stored.tools }),
    ...(stored.lifted && { lifted: stored.lifted }),
    ...(stored.inParts !== undefined && { inParts: decodeRuns(stored.inParts) }),
    ...(stored.outParts !== undefined && { outParts: decodeRuns(stored.outParts) }),
  }
}

function contentRefs(
  messages: 'in' | 'out',
  value: 'inValue' | 'outValue',
  stored: string | number | undefined,
): Refs<number> {
  if (stored === undefined) return {}
  return typeof stored === 'number' ? { [value]: stored } : { [messages]: decodeRuns(stored) }
}

/** Bodies of the input (or output): one of each message, or one for a value. */
export function contentBodies(refs: Refs<number>, side: 'in' | 'out'): readonly number[] {
  const value = side === 'in' ? refs.inValue : refs.outValue
  return value === undefined ? (refs[side] ?? []) : [value]
}
