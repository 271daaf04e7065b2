import { jsonText, startOfJson } from '../json/json-text.ts'
import { isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.ts'
import type { Content, Message, MessagePart } from './message.ts'

/**
 * What was asked, as one text: the last user message that has text, else the last message that has any. Of a plain
 * value the text in it, or its compact JSON.
 * @param maxCharacters where only the start is wanted (all); the rest is not looked at.
 * @returns `undefined` when there is nothing to show.
 */
export function inputText(content: Content, maxCharacters = Infinity): string | undefined {
  if (content.form === 'value') return valueText(content.value, askingFields, maxCharacters)
  const { messages } = content
  const asked = messages.findLast((message) => message.role === 'user' && hasText(message))
  return textOf(asked && ownWords(asked), maxCharacters) ?? lastText(messages, maxCharacters)
}

/**
 * What came out, as one text: the last assistant message, its text or else its tool calls, a line each, as
 * `→ name(args)`. Without an assistant message the last that has text. Of a plain value as `inputText`.
 * @param maxCharacters where only the start is wanted (all); the rest is not looked at.
 * @returns `undefined` when there is nothing to show.
 */
export function outputText(content: Content, maxCharacters = Infinity): string | undefined {
  if (content.form === 'value') return valueText(content.value, answeringFields, maxCharacters)
  const { messages } = content
  const answer = messages.findLast((message) => message.role === 'assistant')
  return textOf(answer, maxCharacters) ?? callsText(answer, maxCharacters) ?? lastText(messages, maxCharacters)
}

/** At most `maxCodePoints` code points of the text, the ellipsis of a cut one counted. A surrogate pair is never split. */
export function cutText(text: string, maxCodePoints: number): string {
  if (text.length <= maxCodePoints) return text
  const endOfKept = offsetAfter(text, 0, maxCodePoints - 1)
  return offsetAfter(text, endOfKept, 1) === text.length ? text : `${text.slice(0, endOfKept)}…`
}

function offsetAfter(text: string, from: number, codePoints: number): number {
  let offset = from
  for (let seen = 0; seen < codePoints && offset < text.length; seen++) {
    offset += text.codePointAt(offset)! > 0xffff ? 2 : 1
  }
  return offset
}

/** The text parts of a message, a line each. Reasoning is not what was said. */
export function messageText(message: Message, maxCharacters = Infinity): string {
  return linesOf(message, maxCharacters, (part) => (part.type === 'text' ? part.text : undefined)) ?? ''
}

/** Coding agents put what they add into parts of its own, each one element: `<session_context>…</session_context>`. */
function ownWords(message: Message): Message {
  const parts = message.parts.filter((part) => part.type === 'text' && !isElement(part.text.trim()))
  return parts.length === 0 ? message : { ...message, parts }
}

function isElement(text: string): boolean {
  const name = /^<([\w-]+)>/.exec(text)?.[1]
  return name !== undefined && text.endsWith(`</${name}>`)
}

const askingFields = ['prompt', 'input', 'question', 'query', 'messages', 'text', 'content']
const answeringFields = ['output', 'answer', 'response', 'result', 'messages', 'text', 'content']

function hasText(message: Message): boolean {
  return message.parts.some((part) => part.type === 'text' && /\S/.test(part.text))
}

function textOf(message: Message | undefined, maxCharacters: number): string | undefined {
  return message !== undefined && hasText(message) ? messageText(message, maxCharacters) : undefined
}

function callsText(message: Message | undefined, maxCharacters: number): string | undefined {
  return linesOf(message, maxCharacters, (part) =>
    part.type === 'toolCall' ? `→ ${part.name}(${json(part.args, maxCharacters)})` : undefined,
  )
}

/** Where nobody spoke, what the last message's tools gave. */
function lastText(messages: readonly Message[], maxCharacters: number): string | undefined {
  const spoken = textOf(messages.findLast(hasText), maxCharacters)
  return spoken ?? linesOf(messages.at(-1), maxCharacters, (part) => resultText(part, maxCharacters))
}

function resultText(part: MessagePart, maxCharacters: number): string | undefined {
  if (part.type !== 'toolResult') return undefined
  return typeof part.result === 'string' ? part.result : json(part.result, maxCharacters)
}

/** A line for each part that has one, until there is enough. */
function linesOf(
  message: Message | undefined,
  maxCharacters: number,
  lineOf: (part: MessagePart) => string | undefined,
): string | undefined {
  let text: string | undefined
  for (const part of message?.parts ?? []) {
    if (text !== undefined && text.length >= maxCharacters) break
    const line = lineOf(part)
    if (line !== undefined) text = text === undefined ? line : `${text}\n${line}`
  }
  return text?.slice(0, maxCharacters)
}

function json(value: JsonValue, maxCharacters: number): string {
  return maxCharacters === Infinity ? jsonText(value) : startOfJson(value, maxCharacters)
}

function valueText(value: JsonValue, fields: readonly string[], maxCharacters: number): string | undefined {
  const said = argumentsIn(value)
  if (said === null) return undefined
  const text = plainText(said, fields, 0)?.slice(0, maxCharacters) ?? json(said, maxCharacters)
  return /\S/.test(text) ? text : undefined
}

/** Decorated functions write down `{ args, kwargs }`: what is empty of it says nothing. */
function argumentsIn(value: JsonValue): JsonValue {
  if (!isJsonObject(value) || Object.keys(value).length !== 2) return value
  const { args, kwargs } = value
  if (!isJsonArray(args) || !isJsonObject(kwargs)) return value
  if (Object.keys(kwargs).length === 0) return args.length === 0 ? null : args.length === 1 ? args[0]! : args
  return args.length === 0 ? kwargs : value
}

/** The text in a value, where one field of it obviously holds it; looked for three levels down. */
function plainText(value: JsonValue | undefined, fields: readonly string[], depth: number): string | undefined {
  if (typeof value === 'string') return value
  if (!isJsonObject(value) || depth === 3) return undefined
  for (const name of fields) {
    if (!Object.hasOwn(value, name)) continue
    const held = value[name]
    const text = plainText(name === 'messages' && Array.isArray(held) ? held.at(-1) : held, fields, depth + 1)
    if (text !== undefined) return text
  }
  return undefined
}
