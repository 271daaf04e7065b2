import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts'
import type { Message } from '../../span/message.ts'
import { jsonOrText } from '../parse-json.ts'
import { conversation, defaultRole, type ReadContent, type ShapeReader, type Side } from './message-shape.ts'
import { isKnownPart, readParts } from './parts/read-parts.ts'
import { areMessages, looksLikeMessage, messageOf, readMessages } from './read-message.ts'
import { readSystem, withSystem } from './request.ts'

/**
 * OpenTelemetry's GenAI messages: `{ role, parts, name?, finish_reason? }`, the parts also in Gemini's own form, and
 * `content` in place of `parts` as in OpenAI chat. Tools put other objects there, which are left to `any`.
 */
export const readGenAi: ShapeReader = (value, side) => {
  if (isJsonObject(value) && Object.hasOwn(value, 'system')) return readWithSystem(value, side)
  if (typeof value === 'string' || isParts(value)) return plain(value, side)
  const list = areMessages(value) ? value : looksLikeMessage(value) ? [value] : undefined
  if (list === undefined) return undefined
  const messages = readMessages(list, defaultRole[side])
  return conversation(side === 'output' ? messages.map(fromModel) : mendRoles(messages), {
    finishReasons: list.map((message) => message.finish_reason),
  })
}

/** Instructions stand in an attribute of their own, and may be all there is. */
function readWithSystem(body: JsonObject, side: Side): ReadContent | undefined {
  const system = readSystem(body.system)
  const value = jsonOrText(body.messages ?? null)
  if (value === null || value === '' || (isJsonArray(value) && value.length === 0)) {
    return system.length > 0 ? conversation(system) : undefined
  }
  const read = isJsonObject(value) && Object.hasOwn(value, 'system') ? undefined : readGenAi(value, side)
  if (read?.content.form !== 'messages') return read
  return { ...read, content: { form: 'messages', messages: withSystem(system, read.content.messages) } }
}

function isParts(value: JsonValue): boolean {
  return isJsonArray(value) && value.length > 0 && value.every(isKnownPart)
}

function plain(content: JsonValue, side: Side): ReadContent {
  return conversation([messageOf(defaultRole[side], readParts(content))])
}

/** Gemini CLI's log records call the model `system`, in the answer and later in the history. */
function fromModel(message: Message): Message {
  return message.role === 'system' ? { ...message, role: 'assistant' } : message
}

/** A `system` that calls tools is the model, and then so is every one after the user's first words. */
function mendRoles(messages: readonly Message[]): readonly Message[] {
  const misnamed = messages.some(
    ({ role, parts }) => role === 'system' && parts.some(({ type }) => type === 'toolCall'),
  )
  if (!misnamed) return messages
  const firstWords = messages.findIndex(({ role }) => role === 'user')
  return messages.map((message, index) => (index > firstWords ? fromModel(message) : message))
}
