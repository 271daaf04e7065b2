import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts'
import type { Message } from '../../span/message.ts'
import { anyField, listField, objectField, textField } from './fields.ts'
import { conversation, defaultRole, type ShapeReader } from './message-shape.ts'
import { messageOf, readMessage } from './read-message.ts'

/**
 * OpenInference's flattened messages, put together again: `llm.input_messages` as `[{ message: { role, content,
 * contents: [{ message_content }], tool_calls: [{ tool_call }] } }]`, and the texts of completions as
 * `{ prompts: [{ prompt: { text } }] }` and `{ choices: [{ completion: { text } }] }`.
 * Written into the plain form of OpenAI chat first, so that one reader knows what a message is.
 */
export const readOpenInference: ShapeReader = (value, side) => {
  const completions = isJsonObject(value) ? listField(value, 'prompts', 'choices') : undefined
  if (completions !== undefined) {
    return conversation(
      completions.map((item) => messageOf(defaultRole[side], [{ type: 'text', text: completionText(item) }])),
    )
  }
  const list = isJsonArray(value) ? value : [value]
  if (list.length === 0 || !list.every(isWrapped)) return undefined
  const messages = list.map((item) => item.message)
  return conversation(
    messages.flatMap((message) => readWrapped(message, defaultRole[side])),
    {
      finishReasons: messages.map((message) => message.finish_reason),
    },
  )
}

function isWrapped(value: JsonValue): value is { readonly message: JsonObject } {
  return isJsonObject(value) && isJsonObject(value.message)
}

function readWrapped(message: JsonObject, role: string): readonly Message[] {
  const { contents, function_call_name: name, function_call_arguments_json: args, ...plain } = message
  return readMessage(
    {
      ...plain,
      content: isJsonArray(contents)
        ? [...leadingText(plain.content), ...contents.map(plainPart)]
        : (plain.content ?? null),
      ...(typeof name === 'string' && { function_call: { name, arguments: args ?? null } }),
    },
    role,
  )
}

/** `content` beside `contents` is rare, and then something else than the first of them. */
function leadingText(content: JsonValue | undefined): readonly JsonValue[] {
  return typeof content === 'string' && content !== '' ? [content] : []
}

/** A piece of content is a part under a name of its own; a call stands beside it. */
function plainPart(piece: JsonValue): JsonValue {
  if (!isJsonObject(piece)) return piece
  const call = objectField(piece, 'tool_call')
  return call === undefined ? (objectField(piece, 'message_content') ?? piece) : { type: 'tool_use', tool_call: call }
}

function completionText(item: JsonValue): string {
  const held = isJsonObject(item) ? (anyField(item, 'prompt', 'completion') ?? item) : item
  return typeof held === 'string' ? held : isJsonObject(held) ? (textField(held, 'text') ?? '') : ''
}
