import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts'
import type { DecodedSpanEvent } from '../otlp/span-request.ts'
import type { Reader } from './field.ts'
import { flatList } from './flat-list.ts'
import { readContent, type MessageShape, type ReadContent, type Side } from './messages/index.ts'
import { jsonOrText } from './parse-json.ts'
import { toJson, toJsonObject } from './to-json.ts'

/** Readers of what went in or came out, for the places that `table/content.ts` lists. How messages are written is for `messages/`. */

type ContentReader = Reader<ReadContent>

/** The attribute is the content, written so. */
export function shaped(shape: MessageShape, side: Side): ContentReader {
  return (_value, reading, key) => {
    const raw = reading.json(key) ?? reading.plain(key)
    return raw === undefined ? undefined : saying(readContent(shape, raw, side))
  }
}

/** Messages without a part say nothing: another source may know what was said. */
function saying(read: ReadContent | undefined): ReadContent | undefined {
  const isEmpty = read?.content.form === 'messages' && read.content.messages.every(({ parts }) => parts.length === 0)
  return isEmpty ? undefined : read
}

/** Arguments, results and the like: JSON or text, no messages. */
export const value: ContentReader = (_value, reading, key) => valueContent(reading.json(key) ?? reading.plain(key))

/** The same where a model's call can have it too, of a tool that was called before. */
export const toolValue: ContentReader = (sent, reading, key) =>
  reading.type === 'llm' ? undefined : value(sent, reading, key)

function valueContent(found: JsonValue | undefined): ReadContent | undefined {
  if (found === undefined || found === null || found === '') return undefined
  return { content: { form: 'value', value: found } }
}

/** ADK writes `{}` and `N/A` where it has nothing. */
export const adkValue: ContentReader = (sent, reading, key) => {
  const found = reading.json(key)
  const isEmpty = isJsonObject(found) && Object.keys(found).length === 0
  return isEmpty || sent === 'N/A' ? undefined : value(sent, reading, key)
}

/** Instructions are in an attribute of their own, and those that are not put ahead here are put ahead by `readSides`. */
export const genAiInput: ContentReader = (_value, reading, key) => {
  const messages = reading.json(key) ?? reading.plain(key)
  const system = reading.json(systemKey) ?? reading.plain(systemKey)
  if (messages === undefined) return undefined
  return saying(readContent('gen-ai', system === undefined ? messages : { system, messages }, 'input'))
}
const systemKey = 'gen_ai.system_instructions'

/** A list of messages written in flat keys. */
export function flat(
  shape: MessageShape,
  side: Side,
  wrap: (items: readonly JsonValue[]) => JsonValue = (items) => items,
): ContentReader {
  return (_value, reading, familyKey) => {
    const { items, markUsed } = flatList(reading, familyKey)
    const read = items.length === 0 ? undefined : saying(readContent(shape, wrap(items), side))
    if (read !== undefined) markUsed()
    return read
  }
}

/** OpenInference leaves the system prompt of Anthropic's API among the parameters. */
export const openInferenceInput: ContentReader = (sent, reading, familyKey) => {
  const read = flat('openinference', 'input')(sent, reading, familyKey)
  if (read?.content.form !== 'messages' || read.content.messages.some(({ role }) => role === 'system')) return read
  const system = reading.jsonAt('llm.invocation_parameters', ['system'])
  const instructions = system === undefined ? undefined : readContent('gen-ai', { system, messages: [] }, 'input')
  if (instructions?.content.form !== 'messages') return read
  return {
    ...read,
    content: { form: 'messages', messages: [...instructions.content.messages, ...read.content.messages] },
  }
}

/** The AI SDK spreads an answer over several attributes. */
export function aiSdkOutput(prefix: string): ContentReader {
  const names = ['text', 'reasoning', 'toolCalls', 'object']
  return (_value, reading) => {
    const answer: { [name: string]: JsonValue } = {}
    for (const name of names) {
      const held = reading.plain(prefix + name)
      if (held !== undefined && held !== '') answer[name] = held
    }
    const read = readContent('ai-sdk', answer, 'output')
    if (read !== undefined) for (const name of names) reading.ledger.use(prefix + name)
    return read
  }
}

/** Lists of JSON texts: what was embedded, and the vectors. */
export const jsonTexts: ContentReader = (_value, reading, key) => {
  const found = reading.json(key) ?? reading.plain(key)
  return valueContent(Array.isArray(found) ? found.map((item: JsonValue) => jsonOrText(item)) : found)
}

export const messageEvents = [
  'gen_ai.system.message',
  'gen_ai.user.message',
  'gen_ai.assistant.message',
  'gen_ai.tool.message',
]
export const choiceEvent = 'gen_ai.choice'

/** Messages as events, in order of time. A tool's own message is what it was given, and its choice what it gave. */
export function oldEvents(side: Side): ContentReader {
  const names = side === 'input' ? messageEvents : [choiceEvent]
  return (_value, reading) => {
    const events = reading.subject.events.filter(({ name }) => names.includes(name))
    const inOrder = events.toSorted((one, other) => (one.timeUs ?? 0) - (other.timeUs ?? 0))
    const read =
      reading.type === 'tool' ? toolEventContent(inOrder) : readContent('old-events', inOrder.map(eventBody), side)
    if (read !== undefined) for (const event of events) reading.ledger.useEvent(event)
    return read
  }
}

function eventBody(event: DecodedSpanEvent): JsonObject {
  return { event: event.name, body: toJsonObject(event.attributes) }
}

function toolEventContent(events: readonly DecodedSpanEvent[]): ReadContent | undefined {
  const bodies = events
    .map(({ attributes }) => toJsonObject(attributes))
    .map((body) => body['content'] ?? body['message'])
  const found = bodies.filter((body) => body !== undefined).map((body) => jsonOrText(body))
  return valueContent(found.length > 1 ? found : found[0])
}

/** Messages in a list of events that is itself an attribute. */
export const eventList: (side: Side) => ContentReader = (side) => (_value, reading, key) => {
  const events = reading.json(key)
  return events === undefined ? undefined : readContent('old-events', events, side)
}

/** One event with the content in attributes of its own, as on a span. */
export function inEvent(side: Side, ...keys: readonly string[]): ContentReader {
  return (_value, reading, key) => {
    for (const event of reading.eventsNamed(key.slice(1))) {
      const { [systemKey]: system, ...attributes } = toJsonObject(event.attributes)
      const found = keys.map((name) => attributes[name]).find((held) => held !== undefined)
      if (found === undefined) continue
      const isGenAi = key.endsWith('.details')
      const raw = isGenAi && side === 'input' && system !== undefined ? { system, messages: found } : found
      const read = readContent(isGenAi ? 'gen-ai' : 'any', raw, side)
      if (read === undefined) continue
      reading.ledger.useEvent(event, [...keys, ...(isGenAi && side === 'input' ? [systemKey] : [])])
      return read
    }
    return undefined
  }
}

/** `input.value` says by `input.mime_type` whether it is JSON. */
export function withMimeType(side: Side): ContentReader {
  const mimeKey = `${side}.mime_type`
  return (sent, reading, key) => {
    const isText = reading.value(mimeKey) === 'text/plain'
    return isText ? valueContent(reading.plain(key)) : shaped('any', side)(sent, reading, key)
  }
}

/** `mastra.<span type>.input`: of what type the key says again. */
export function mastra(side: Side): ContentReader {
  return (_value, reading, familyKey) => {
    const [key] = reading.members(familyKey).find(([member]) => member.endsWith(`.${side}`)) ?? []
    if (key === undefined) return undefined
    const raw = reading.json(key) ?? reading.plain(key)
    const isText = typeof raw === 'string'
    const read = isText ? valueContent(raw) : raw === undefined ? undefined : readContent('ai-sdk', raw, side)
    if (read === undefined) return undefined
    reading.ledger.use(key)
    reading.ledger.leave(key, read.rest)
    return read
  }
}

/** LiveKit's history, as items in the form of OpenAI's Responses but for the type of their texts. */
export const liveKitInput: ContentReader = (_value, reading, key) => {
  const history = reading.json(key)
  const items = isJsonObject(history) ? history['items'] : history
  if (!Array.isArray(items)) return undefined
  return readContent('any', items.map(liveKitItem), 'input')
}

function liveKitItem(item: JsonValue): JsonValue {
  if (!isJsonObject(item) || !Array.isArray(item['content'])) return item
  const parts = (item['content'] as readonly JsonValue[]).map((part) =>
    typeof part === 'string' ? { type: 'text', text: part } : part,
  )
  return { ...item, content: parts }
}

export const toolOutputEvent: ContentReader = (_value, reading, key) => {
  const event = reading.eventsNamed(key.slice(1)).find(({ attributes }) => attributes['output'] !== undefined)
  if (event === undefined) return undefined
  reading.ledger.useEvent(event, ['output'])
  return valueContent(toJson(event.attributes['output']))
}

/** What was embedded; the vectors stay in the attributes. */
export const embeddedTexts: ContentReader = (_value, reading, familyKey) => {
  const { items, markUsed } = flatList(reading, familyKey, (key) => key.endsWith('.embedding.text'))
  const found = items.flatMap((item) => {
    const embedding = isJsonObject(item) ? item['embedding'] : undefined
    return isJsonObject(embedding) ? [embedding['text'] ?? null] : []
  })
  if (found.length === 0) return undefined
  markUsed()
  return valueContent(found)
}
