import type { JsonObject, JsonValue, Message, MessagePart } from '@tracellm/core'
import { hexOfHash, type BodyHash } from './body-hash.ts'

/**
 * The text under whose hash a value is kept: compact JSON without lone surrogates.
 *
 * Keys stay in the order they were sent. Sorting them would make two spellings of an object one, and would show people
 * arguments in another order than the model wrote them in; histories repeat what was sent as it was sent.
 */
export function canonicalJson(value: JsonValue): string {
  const text = typeof value === 'string' && !needsCare.test(value) ? quoted(value) : JSON.stringify(value)
  // Only a lone surrogate is written as `\ud…`. (An escaped backslash before `ud` costs a second look, no more.)
  return text.includes('\\ud') ? JSON.stringify(wellFormed(value)) : text
}

/** Control characters but line feeds, and surrogates, of which some may stand alone. */
// oxlint-disable-next-line no-control-regex
const needsCare = /[\0-\x09\x0b-\x1f\ud800-\udfff]/

/** `JSON.stringify` of a text goes character by character; this takes half its time for a page of prose. */
function quoted(text: string): string {
  let escaped = text
  if (escaped.includes('\\')) escaped = escaped.replaceAll('\\', '\\\\')
  if (escaped.includes('"')) escaped = escaped.replaceAll('"', '\\"')
  if (escaped.includes('\n')) escaped = escaped.replaceAll('\n', '\\n')
  return `"${escaped}"`
}

/** Media of at least this many characters are bodies of their own. */
export const liftedMediaLength = 4096

/** So are results of tools of at least this many: the step of the tool has the same text, and it is kept once. */
export const liftedResultLength = 512

/** A part as a message's body holds it when its long text is a body of its own. */
type LiftedPart = JsonObject &
  ({ readonly type: 'media'; readonly dataHash: string } | { readonly type: 'toolResult'; readonly resultHash: string })

/** Makes a body of a text, and says under which hash. */
export type Lift = (text: string) => BodyHash

/**
 * The text of a message's body: our own fields in a fixed order, so that the same message is the same text whoever
 * made the object. Long media data and results of tools are handed to `lift`, in the order of the parts, and replaced by
 * their hash, which says what they were and so keeps different images different messages.
 */
export function canonicalMessage(message: Message, lift: Lift): string {
  const { role, name, parts } = message
  const named = name === undefined ? '' : `"name":${canonicalJson(name)},`
  const texts = parts.map((part) =>
    part.type === 'text'
      ? `{"type":"text","text":${canonicalJson(part.text)}}`
      : canonicalJson(canonicalPart(part, lift)),
  )
  return `{"role":${canonicalJson(role)},${named}"parts":[${texts.join(',')}]}`
}

function canonicalPart(part: Exclude<MessagePart, { type: 'text' }>, lift: Lift): JsonObject {
  switch (part.type) {
    case 'reasoning':
      return present({ type: 'reasoning', text: part.text, signature: part.signature })
    case 'toolCall':
      return present({ type: 'toolCall', id: part.id, name: part.name, args: part.args })
    case 'toolResult': {
      const lifted = isLong(part.result, liftedResultLength) ? hexOfHash(lift(part.result)) : undefined
      return present({
        type: 'toolResult',
        id: part.id,
        name: part.name,
        result: lifted === undefined ? part.result : undefined,
        resultHash: lifted,
        isError: part.isError,
      })
    }
    case 'media': {
      const { data, ...rest } = part
      const lifted = isLong(data, liftedMediaLength) ? hexOfHash(lift(data)) : undefined
      return present({
        type: 'media',
        modality: rest.modality,
        mime: rest.mime,
        data: lifted === undefined ? data : undefined,
        dataHash: lifted,
        uri: rest.uri,
        fileId: rest.fileId,
        name: rest.name,
        transcript: rest.transcript,
      })
    }
    case 'other':
      return { type: 'other', raw: part.raw }
  }
}

function isLong(value: JsonValue | undefined, length: number): value is string {
  return typeof value === 'string' && value.length >= length
}

/** `JSON.stringify` leaves out what is undefined; the type does not know. */
function present(fields: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return fields as JsonObject
}

/** The message of a body's text; `nextLifted` gives the texts in the order in which `lift` was called. */
export function parseMessage(text: string, nextLifted: () => string): Message {
  const message = JSON.parse(text) as Message
  if (!text.includes('Hash"')) return message
  return { ...message, parts: message.parts.map((part) => (isLifted(part) ? putBack(part, nextLifted()) : part)) }
}

function isLifted(part: MessagePart | LiftedPart): part is LiftedPart {
  return (part.type === 'media' && 'dataHash' in part) || (part.type === 'toolResult' && 'resultHash' in part)
}

function putBack(part: LiftedPart, text: string): MessagePart {
  const { dataHash: _data, resultHash: _result, ...rest } = part
  return { ...rest, ...(part.type === 'media' ? { data: text } : { result: text }) } as unknown as MessagePart
}

function wellFormed(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(wellFormed)
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key.toWellFormed(), wellFormed(held)]))
}
