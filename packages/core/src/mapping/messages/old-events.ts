import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts'
import type { Message } from '../../span/message.ts'
import { jsonOrText } from '../parse-json.ts'
import { anyField } from './fields.ts'
import { conversation, type ShapeReader } from './message-shape.ts'
import { isKnownPart } from './parts/read-parts.ts'
import { readMessage } from './read-message.ts'

/** Role of a message event that does not say it. Source: OTel GenAI events up to 1.36. */
const roleOfEvent: Readonly<Record<string, string>> = {
  'gen_ai.system.message': 'system',
  'gen_ai.user.message': 'user',
  'gen_ai.assistant.message': 'assistant',
  'gen_ai.tool.message': 'tool',
  'gen_ai.choice': 'assistant',
}

/**
 * One event a message, in log records or on spans. Choices are the output, all others the input, so the same list may
 * be read for either side. Pydantic AI puts the event's name beside the content, in a list of its own.
 */
export const readOldEvents: ShapeReader = (value, side) => {
  const events = (isJsonArray(value) ? value : [value]).flatMap((item) => {
    const event = isJsonObject(item) ? eventOf(item) : undefined
    return event !== undefined && (event.name === 'gen_ai.choice') === (side === 'output') ? [event] : []
  })
  if (events.length === 0) return undefined
  return conversation(events.flatMap(messagesOf), { finishReasons: events.map(({ body }) => body.finish_reason) })
}

interface OldEvent {
  readonly name: string
  readonly body: JsonObject
}

function eventOf(item: JsonObject): OldEvent | undefined {
  const key = ['event', 'event.name', 'name'].find((candidate) => isEventName(item[candidate]))
  if (key === undefined) return undefined
  const { [key]: name, ...beside } = item
  const body = jsonOrText(anyField(beside, 'body', 'attributes') ?? beside)
  // Azure's SDKs put the whole body into one attribute, as JSON.
  const content = isJsonObject(body) ? jsonOrText(body['gen_ai.event.content'] ?? body) : body
  return { name: name as string, body: isJsonObject(content) ? content : { content } }
}

function isEventName(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && Object.hasOwn(roleOfEvent, value)
}

function messagesOf({ name, body }: OldEvent): readonly Message[] {
  const message = jsonOrText(body.message ?? null)
  const said = isJsonObject(message) ? { ...body, ...message } : message === null ? body : { ...body, content: message }
  return readMessage(
    { ...said, content: blocksOf(said.content ?? null), tool_calls: jsonOrText(said.tool_calls ?? null) },
    roleOfEvent[name]!,
  )
}

/** Strands writes blocks as JSON text. Any other text is what was said, even where it happens to be JSON. */
function blocksOf(content: JsonValue): JsonValue {
  const parsed = jsonOrText(content)
  return isJsonArray(parsed) && parsed.every(isKnownPart) ? parsed : content
}
