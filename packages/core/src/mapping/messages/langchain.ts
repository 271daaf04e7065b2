import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts'
import type { Message } from '../../span/message.ts'
import { anyField, listField, objectField, textField } from './fields.ts'
import { conversation, type ReadContent, type ShapeReader } from './message-shape.ts'
import { messageOf, readMessage } from './read-message.ts'

/**
 * LangChain's serialised objects, `{ lc, type: 'constructor', id: [… , 'HumanMessage'], kwargs }`, alone, in lists of
 * lists, in the state of a graph; a model's `{ generations }`; and messages written as `{ type: 'human', content }`.
 */
export const readLangChain: ShapeReader = (value) => {
  const messages = messagesIn(value)
  if (messages !== undefined) return conversation(messages.flatMap(readSerialised))
  if (!isJsonObject(value)) return undefined
  const generations = listField(value, 'generations')
  if (generations !== undefined) return readGenerations(value, generations.flat())
  const held = messagesIn(value.messages ?? null)
  if (held !== undefined) return conversation(held.flatMap(readSerialised), { body: value, usedFields: ['messages'] })
  return undefined
}

/** One message, a list, a list of lists (a batch of one, as models are called), or a prompt made of messages. */
function messagesIn(value: JsonValue): readonly JsonObject[] | undefined {
  if (isSerialised(value)) return [value]
  const prompt =
    isJsonObject(value) && classOf(value) !== undefined ? objectField(value, 'kwargs')?.messages : undefined
  const list = isJsonArray(value) ? value.flat(1) : isJsonArray(prompt) ? prompt : []
  return list.length > 0 && list.every(isSerialised) ? list : undefined
}

/** The last name of a serialised object's class: `HumanMessage`, `ChatPromptValue`. */
function classOf(value: JsonObject): string | undefined {
  const name = value.lc !== undefined && isJsonArray(value.id) ? value.id.at(-1) : undefined
  return typeof name === 'string' ? name : undefined
}

function isSerialised(value: JsonValue | undefined): value is JsonObject {
  if (!isJsonObject(value)) return false
  const name = classOf(value)
  if (name === undefined) return plainMessage(value) !== undefined
  return /Message(Chunk)?$/.test(name) && isJsonObject(value.kwargs)
}

/** `messageToDict` writes `{ type, data }`, `model_dump` the fields beside the type. */
function plainMessage(value: JsonObject): JsonObject | undefined {
  if (typeof value.type !== 'string' || value.role !== undefined) return undefined
  const held = objectField(value, 'data') ?? value
  return plainTypes.test(value.type) && Object.hasOwn(held, 'content') ? held : undefined
}

const plainTypes = /^(human|ai|system|developer|tool|function|chat|[A-Z]\w+Message(Chunk)?)$/

/** `AIMessageChunk` is a message of `AI`. */
function roleName(name: string): string {
  return name.replace(/Message(Chunk)?$/, '')
}

function readSerialised(value: JsonObject): readonly Message[] {
  const fields = objectField(value, 'kwargs') ?? plainMessage(value) ?? {}
  const role = roleName(classOf(value) ?? textField(value, 'type') ?? '')
  const more = objectField(fields, 'additional_kwargs') ?? {}
  const calls = [...(listField(fields, 'tool_calls') ?? []), ...(listField(fields, 'invalid_tool_calls') ?? [])]
  return readMessage(
    {
      role: role.toLowerCase() === 'chat' ? (textField(fields, 'role') ?? 'user') : role,
      content: fields.content ?? null,
      tool_calls: calls.length > 0 ? calls : (listField(more, 'tool_calls') ?? []),
      function_call: more.function_call ?? null,
      reasoning_content: textField(more, 'reasoning_content') ?? null,
      name: textField(fields, 'name') ?? null,
      tool_call_id: textField(fields, 'tool_call_id') ?? null,
      status: textField(fields, 'status') ?? null,
    },
    'user',
  )
}

function readGenerations(body: JsonObject, generations: readonly JsonValue[]): ReadContent | undefined {
  if (generations.length === 0 || !generations.every(isJsonObject)) return undefined
  return conversation(generations.flatMap(readGeneration), {
    finishReasons: generations.map(finishReason),
    body,
    usedFields: ['generations'],
  })
}

function readGeneration(generation: JsonObject): readonly Message[] {
  if (isSerialised(generation.message)) return readSerialised(generation.message)
  const text = textField(generation, 'text')
  return [messageOf('assistant', [text === undefined ? { type: 'other', raw: generation } : { type: 'text', text }])]
}

function finishReason(generation: JsonObject): JsonValue | undefined {
  const info = objectField(generation, 'generationInfo', 'generation_info') ?? {}
  const message = objectField(generation, 'message') ?? {}
  const about = objectField(objectField(message, 'kwargs') ?? message, 'response_metadata') ?? {}
  return anyField(info, ...reasonFields) ?? anyField(about, ...reasonFields)
}

const reasonFields = ['finish_reason', 'stop_reason', 'stopReason', 'finishReason']
