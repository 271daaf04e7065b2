import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts'
import type { Message, MessagePart } from '../../span/message.ts'
import { jsonOrText } from '../parse-json.ts'
import { listField, objectField, textField } from './fields.ts'
import { conversation, defaultRole, type ReadContent, type ShapeReader, type Side } from './message-shape.ts'
import { readParts } from './parts/read-parts.ts'
import { looksLikeMessage, messageOf, readMessage } from './read-message.ts'
import { requestContent } from './request.ts'

/**
 * OpenAI's two APIs, and the many that copy the first: bodies of requests and responses, and lists of messages (chat)
 * or items (Responses).
 */
export const readOpenAi: ShapeReader = (value, side) => {
  if (isJsonObject(value))
    return readChoices(value) ?? readOutput(value) ?? readRequest(value) ?? readSingle(value, side)
  return isItems(value) ? conversation(readItems(value, defaultRole[side])) : undefined
}

/** `{ choices: [{ message, finish_reason }] }`; `text` in old completions, `delta` in what a stream was put together to. */
function readChoices(body: JsonObject): ReadContent | undefined {
  const choices = listField(body, 'choices')
  if (choices === undefined || choices.length === 0 || !choices.every(isChoice)) return undefined
  const messages = choices.flatMap((choice) =>
    readMessage(objectField(choice, 'message', 'delta') ?? { content: choice.text ?? null }, 'assistant'),
  )
  return conversation(messages, {
    finishReasons: choices.map((choice) => choice.finish_reason),
    body,
    usedFields: ['choices'],
  })
}

function isChoice(value: JsonValue): value is JsonObject {
  return isJsonObject(value) && (objectField(value, 'message', 'delta') !== undefined || typeof value.text === 'string')
}

/** `{ object: 'response', output: [items], status }`. The text said again in `output_text` is not kept twice. */
function readOutput(body: JsonObject): ReadContent | undefined {
  const output = listField(body, 'output')
  if (output === undefined || !isItems(output)) return undefined
  const reason = textField(objectField(body, 'incomplete_details') ?? {}, 'reason') ?? body.status
  return conversation(readItems(output, 'assistant'), {
    finishReasons: [reason],
    body,
    usedFields: ['output', 'output_text', 'status'],
  })
}

/** `messages` of chat, `input` of Responses, `prompt` of old completions; the last two may be anybody's, hence `model`. */
function readRequest(body: JsonObject): ReadContent | undefined {
  const isOpenAi = Object.hasOwn(body, 'model') || Object.hasOwn(body, 'instructions')
  const field = isJsonArray(body.messages)
    ? 'messages'
    : isOpenAi
      ? body.input === undefined
        ? 'prompt'
        : 'input'
      : undefined
  const asked = field && jsonOrText(body[field] ?? null)
  if (field === undefined || asked === undefined) return undefined
  const list = typeof asked === 'string' ? [{ role: 'user', content: asked }] : asked
  return isItems(list) ? requestContent(body, readItems(list, 'user'), field) : undefined
}

/** An answer of Anthropic's is a message too, with more beside it than a message has: left to its own reader. */
function readSingle(body: JsonObject, side: Side): ReadContent | undefined {
  if (!isItem(body) || body.stop_reason !== undefined) return undefined
  return conversation(readItems([body], defaultRole[side]), { finishReasons: [body.finish_reason] })
}

/** Items of Responses beside messages: each has a `type`, those of the hosted tools end in `_call`. */
const itemTypes =
  /^(reasoning|function_call|function_call_output|item_reference|compaction|mcp_\w+|\w+_call|\w+_call_output)$/

function isItem(value: JsonValue): value is JsonObject {
  if (looksLikeMessage(value)) return true
  if (!isJsonObject(value) || typeof value.type !== 'string' || value.role !== undefined) return false
  return itemTypes.test(value.type) || (value.type === 'message' && Object.hasOwn(value, 'content'))
}

function isItems(value: JsonValue): value is readonly JsonObject[] {
  return isJsonArray(value) && value.length > 0 && value.every(isItem)
}

/**
 * Responses tells one turn of the model as several items (thoughts, words, calls); chat tells it as one message. The
 * items of a turn are joined, so that a turn is one message here as well, in the answer and in the next request.
 */
function readItems(list: readonly JsonObject[], role: string): readonly Message[] {
  const messages: Message[] = []
  let turn: { parts: MessagePart[]; hasWords: boolean } | undefined
  for (const item of list) {
    const isMessage = item.type === 'message' || looksLikeMessage(item)
    for (const message of isMessage ? readMessage(item, role) : readToolItem(item)) {
      const joins = message.role === 'assistant' && turn !== undefined && !(isMessage && turn.hasWords)
      if (joins) turn!.parts.push(...message.parts)
      else {
        const parts = [...message.parts]
        messages.push({ ...message, parts })
        turn = message.role === 'assistant' ? { parts, hasWords: false } : undefined
      }
      if (turn !== undefined) turn.hasWords ||= isMessage
    }
  }
  return messages
}

/** A thought, a call, a result; whatever else it is, the model's side made it. */
function readToolItem(item: JsonObject): readonly Message[] {
  const parts = readParts(item)
  if (parts.length === 0) return []
  return [messageOf(parts[0]!.type === 'toolResult' ? 'tool' : 'assistant', parts)]
}
