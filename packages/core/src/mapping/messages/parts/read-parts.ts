import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../json/json-value.ts'
import type { MessagePart } from '../../../span/message.ts'
import { listField } from '../fields.ts'
import { otherPart, type PartReader } from '../part.ts'
import { mediaParts } from './media-parts.ts'
import { textParts } from './text-parts.ts'
import { isToolResultType, readToolResult, toolParts } from './tool-parts.ts'
import { readUntypedPart } from './untyped-parts.ts'

/** Dialects mix: a part is known by what it is, whatever the message around it looks like. */
const byType: Readonly<Record<string, PartReader>> = { ...textParts, ...toolParts, ...mediaParts }

/**
 * The parts of a message's content: a text, a list of parts, one part, or nothing.
 * Empty texts are left out, since a client that sends a message again may leave them out too.
 */
export function readParts(content: JsonValue | undefined): readonly MessagePart[] {
  if (content === undefined || content === null || content === '') return []
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  const parts: MessagePart[] = []
  for (const raw of isJsonArray(content) ? content : [content]) {
    const part = readPart(raw)
    if (!saysNothing(part)) parts.push(part)
    const citations = isJsonObject(raw) ? citationsOf(raw) : undefined
    if (citations !== undefined) parts.push(otherPart({ citations }))
  }
  return parts
}

export function readPart(raw: JsonValue): MessagePart {
  if (typeof raw === 'string') return { type: 'text', text: raw }
  return (isJsonObject(raw) ? knownPart(raw) : undefined) ?? otherPart(raw)
}

/** Whether the object is a part that some dialect knows. */
export function isKnownPart(raw: JsonValue | undefined): boolean {
  return isJsonObject(raw) && knownPart(raw) !== undefined
}

function knownPart(raw: JsonObject): MessagePart | undefined {
  const { type } = raw
  if (typeof type !== 'string') return readUntypedPart(raw)
  if (Object.hasOwn(byType, type)) return byType[type]!(raw)
  return isToolResultType(type) ? readToolResult(raw) : undefined
}

/** Beside a text: what it cites. */
function citationsOf(raw: JsonObject): readonly JsonValue[] | undefined {
  const citations = listField(raw, 'citations', 'annotations')
  return raw.text !== undefined && citations !== undefined && citations.length > 0 ? citations : undefined
}

function saysNothing(part: MessagePart): boolean {
  if (part.type === 'text') return part.text === ''
  if (part.type === 'reasoning') return part.text === '' && part.signature === undefined
  // Bedrock: says where the cache ends, which moves on with every call; the message stays the same.
  return part.type === 'other' && isJsonObject(part.raw) && Object.hasOwn(part.raw, 'cachePoint')
}
