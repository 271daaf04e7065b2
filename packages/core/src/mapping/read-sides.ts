import { isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.ts'
import type { Content, Message } from '../span/message.ts'
import type { SpanType } from '../span/span.ts'
import { readContent, type ReadContent, type Side } from './messages/index.ts'
import type { Reading } from './reading.ts'
import { input, output, repeats } from './table/content.ts'
import { toolDefinitions } from './table/tool-definitions.ts'

export interface ReadSides {
  readonly input: Content | undefined
  readonly output: Content | undefined
  readonly toolDefinitions: JsonValue | undefined
  /** As the messages say them. */
  readonly finishReasons: readonly string[] | undefined
}

/** What went into a step and came out of it, with what stood beside the messages. */
export function readSides(reading: Reading): ReadSides {
  const asked = readSide(reading, 'input')
  const answered = readSide(reading, 'output')
  return {
    input: asked && withInstructions(asked.content, reading),
    output: answered?.content,
    toolDefinitions: reading.first(toolDefinitions) ?? asked?.toolDefinitions,
    finishReasons: answered?.finishReasons,
  }
}

function readSide(reading: Reading, side: Side): ReadContent | undefined {
  const found = reading.firstWithRow(side === 'input' ? input : output)
  if (found === undefined) return undefined
  const { key } = found.row
  const content = spoken(found.value.content, reading.type, side)
  reading.ledger.leave(key, found.value.rest)
  if (key === `${side}.value`) reading.ledger.use(`${side}.mime_type`)
  for (const [repeating, shape] of repeats[side]) {
    const raw = repeating === key ? undefined : (reading.json(repeating) ?? reading.plain(repeating))
    const repeat = raw === undefined ? undefined : readContent(shape, raw, side)
    if (repeat === undefined || !isSameJson(spoken(repeat.content, reading.type, side), content)) continue
    reading.ledger.use(repeating)
    reading.ledger.leave(repeating, repeat.rest)
    if (repeating === `${side}.value`) reading.ledger.use(`${side}.mime_type`)
  }
  return { ...found.value, content }
}

/** A model is asked in messages and answers in one, also where the client wrote down the text alone. */
function spoken(content: Content, type: SpanType, side: Side): Content {
  if (type !== 'llm' || content.form !== 'value' || typeof content.value !== 'string') return content
  const role: Message['role'] = side === 'input' ? 'user' : 'assistant'
  return { form: 'messages', messages: [{ role, parts: [{ type: 'text', text: content.value }] }] }
}

/** Instructions in an attribute of their own belong to the messages, wherever those are, unless they are among them. */
function withInstructions(content: Content, reading: Reading): Content {
  const key = 'gen_ai.system_instructions'
  if (content.form !== 'messages' || !reading.has(key)) return content
  const system = reading.json(key) ?? reading.plain(key) ?? null
  const read = readContent('gen-ai', { system, messages: [] }, 'input')
  if (read?.content.form !== 'messages') return content
  const isThere = isSameJson(content.messages.slice(0, read.content.messages.length), read.content.messages)
  if (!isThere && content.messages.some(({ role }) => role === 'system')) return content
  reading.ledger.use(key)
  return isThere ? content : { form: 'messages', messages: [...read.content.messages, ...content.messages] }
}

function isSameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (isJsonArray(one)) {
    return (
      isJsonArray(other) && one.length === other.length && one.every((item, index) => isSameJson(item, other[index]))
    )
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return false
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => isSameJson(one[key], other[key]))
}
