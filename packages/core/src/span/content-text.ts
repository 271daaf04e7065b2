import { jsonText } from '../json/json-text.ts'
import { isJsonObject, type JsonValue } from '../json/json-value.ts'
import type { Content, Message } from './message.ts'

/**
 * What was asked, as one text: the last user message that has text, else the last message that has any. Of a plain
 * value the text in it, or its compact JSON.
 * @returns `undefined` when there is nothing to show.
 */
export function inputText(content: Content): string | undefined {
  if (content.form === 'value') return valueText(content.value, askingFields)
  const { messages } = content
  return textOf(messages.findLast((message) => message.role === 'user' && hasText(message))) ?? lastText(messages)
}

/**
 * What came out, as one text: the last assistant message, its text or else its tool calls, a line each, as
 * `→ name(args)`. Without an assistant message the last that has text. Of a plain value as `inputText`.
 * @returns `undefined` when there is nothing to show.
 */
export function outputText(content: Content): string | undefined {
  if (content.form === 'value') return valueText(content.value, answeringFields)
  const { messages } = content
  const answer = messages.findLast((message) => message.role === 'assistant')
  return textOf(answer) ?? callsText(answer) ?? lastText(messages)
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
export function messageText(message: Message): string {
  return message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
}

const askingFields = ['prompt', 'input', 'question', 'query', 'messages', 'text', 'content', 'kwargs']
const answeringFields = ['output', 'answer', 'response', 'result', 'messages', 'text', 'content']

function hasText(message: Message): boolean {
  return message.parts.some((part) => part.type === 'text' && /\S/.test(part.text))
}

function textOf(message: Message | undefined): string | undefined {
  return message !== undefined && hasText(message) ? messageText(message) : undefined
}

/** Where nobody spoke, what the last message's tools gave. */
function lastText(messages: readonly Message[]): string | undefined {
  return textOf(messages.findLast(hasText)) ?? resultsText(messages.at(-1))
}

function resultsText(message: Message | undefined): string | undefined {
  const results = message?.parts.flatMap((part) =>
    part.type === 'toolResult' ? [typeof part.result === 'string' ? part.result : jsonText(part.result)] : [],
  )
  return results === undefined || results.length === 0 ? undefined : results.join('\n')
}

function callsText(message: Message | undefined): string | undefined {
  const calls = message?.parts.flatMap((part) =>
    part.type === 'toolCall' ? [`→ ${part.name}(${jsonText(part.args)})`] : [],
  )
  return calls === undefined || calls.length === 0 ? undefined : calls.join('\n')
}

function valueText(value: JsonValue, fields: readonly string[]): string | undefined {
  const text = plainText(value, fields, 0) ?? (value === null ? '' : jsonText(value))
  return /\S/.test(text) ? text : undefined
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
