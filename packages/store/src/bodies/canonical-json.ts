import type { JsonObject, JsonValue, Message, MessagePart } from '@tracellm/core'
import { bodyHash, hexOfHash } from './body-hash.ts'

/**
 * The text under whose hash a value is kept: compact JSON without lone surrogates.
 *
 * Keys stay in the order they were sent. Sorting them would make two spellings of an object one, and would show people
 * arguments in another order than the model wrote them in; histories repeat what was sent as it was sent.
 */
export function canonicalJson(value: JsonValue): string {
  const text = JSON.stringify(value)
  // Only a lone surrogate is written as `\ud…`. (An escaped backslash before `ud` costs a second look, no more.)
  return text.includes('\\ud') ? JSON.stringify(wellFormed(value)) : text
}

/** Media of at least this many characters are bodies of their own. */
export const liftedMediaLength = 4096

/** A media part as a message's body holds it, when its data is a body of its own. */
interface LiftedMedia extends JsonObject {
  readonly type: 'media'
  /** Hex of the hash of the data, which says what the bytes were and so keeps different images different messages. */
  readonly dataHash: string
}

/**
 * The text of a message's body: our own fields in a fixed order, so that the same message is the same text whoever
 * made the object. Long media data is replaced by its hash and handed to `lift`, in the order of the parts.
 */
export function canonicalMessage(message: Message, lift: (data: string) => void): string {
  const { role, name, parts } = message
  return canonicalJson({
    role,
    ...(name !== undefined && { name }),
    parts: parts.map((part) => canonicalPart(part, lift)),
  })
}

function canonicalPart(part: MessagePart, lift: (data: string) => void): JsonObject {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text }
    case 'reasoning':
      return present({ type: 'reasoning', text: part.text, signature: part.signature })
    case 'toolCall':
      return present({ type: 'toolCall', id: part.id, name: part.name, args: part.args })
    case 'toolResult':
      return present({
        type: 'toolResult',
        id: part.id,
        name: part.name,
        result: part.result,
        isError: part.isError,
      })
    case 'media': {
      const { data, ...rest } = part
      const lifted = data !== undefined && data.length >= liftedMediaLength ? liftData(data, lift) : undefined
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

function liftData(data: string, lift: (data: string) => void): string {
  lift(data)
  return hexOfHash(bodyHash(canonicalJson(data)))
}

/** `JSON.stringify` leaves out what is undefined; the type does not know. */
function present(fields: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return fields as JsonObject
}

/** The message of a body's text; `nextMedia` gives the lifted data in the order in which `lift` was called. */
export function parseMessage(text: string, nextMedia: () => string): Message {
  const message = JSON.parse(text) as Message
  if (!text.includes('"dataHash"')) return message
  return { ...message, parts: message.parts.map((part) => (isLifted(part) ? putBack(part, nextMedia()) : part)) }
}

function isLifted(part: MessagePart | LiftedMedia): part is LiftedMedia {
  return part.type === 'media' && 'dataHash' in part
}

function putBack({ dataHash: _, ...rest }: LiftedMedia, data: string): MessagePart {
  return { ...rest, data } as unknown as MessagePart
}

function wellFormed(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(wellFormed)
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key.toWellFormed(), wellFormed(held)]))
}
