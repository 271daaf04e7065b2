import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts'
import type { MediaPart, MessagePart } from '../../span/message.ts'
import { jsonOrText } from '../parse-json.ts'
import { textField } from './fields.ts'

/** Reads one part of a message. `undefined` when the object is not what its name or type says. */
export type PartReader = (raw: JsonObject) => MessagePart | undefined

export type ToolCallPart = Extract<MessagePart, { type: 'toolCall' }>
type ToolResultPart = Extract<MessagePart, { type: 'toolResult' }>

export function textPart(text: string | undefined): MessagePart | undefined {
  return text === undefined ? undefined : { type: 'text', text }
}

export function reasoningPart(text: string | undefined, signature?: string): MessagePart | undefined {
  if (text === undefined && signature === undefined) return undefined
  return { type: 'reasoning', text: text ?? '', ...(signature !== undefined && signature !== '' && { signature }) }
}

/** Arguments come as an object or as its JSON text; no text at all is a call without arguments. */
export function toolCallPart(call: {
  id: string | undefined
  name: string | undefined
  args: JsonValue | undefined
}): ToolCallPart | undefined {
  const { id, name } = call
  if (name === undefined) return undefined
  const args = call.args === undefined || call.args === null || call.args === '' ? {} : jsonOrText(call.args)
  return id === undefined || id === '' ? { type: 'toolCall', name, args } : { type: 'toolCall', id, name, args }
}

export function toolResultPart(result: {
  id?: string | undefined
  name?: string | undefined
  result: JsonValue | undefined
  isError?: boolean
}): MessagePart {
  const part: { -readonly [Field in keyof ToolResultPart]: ToolResultPart[Field] } = {
    type: 'toolResult',
    result: plainResult(result.result ?? null),
  }
  if (result.id !== undefined && result.id !== '') part.id = result.id
  if (result.name !== undefined && result.name !== '') part.name = result.name
  if (result.isError === true) part.isError = true
  return part
}

/** A result that is one text or one value in a list of blocks is that text or value: the same answer is sent both ways. */
function plainResult(result: JsonValue): JsonValue {
  const block = isJsonArray(result) && result.length === 1 ? result[0] : undefined
  if (!isJsonObject(block)) return result
  if (typeof block.type === 'string')
    return isText(block.type) ? (textField(block, 'text', 'content') ?? result) : result
  return Object.keys(block).length === 1 ? (textField(block, 'text') ?? block.json ?? result) : result
}

function isText(type: string): boolean {
  return type === 'text' || type === 'input_text' || type === 'output_text'
}

export function otherPart(raw: JsonValue): MessagePart {
  return { type: 'other', raw }
}

/**
 * An image, a sound, a file. What is sent as an address may be the data itself: `data:image/png;base64,…`.
 * @returns `undefined` when neither data nor a place to find it is there.
 */
export function mediaPart(media: {
  modality?: string | undefined
  mime?: string | undefined
  data?: string | undefined
  uri?: string | undefined
  fileId?: string | undefined
  name?: string | undefined
  transcript?: string | undefined
}): MediaPart | undefined {
  const inline = /^data:([^;,]*)[^,]*;base64,(.*)$/s.exec(media.data ?? media.uri ?? '')
  const mime = media.mime ?? (inline?.[1] || undefined)
  const place = placeOf(inline ? { data: inline[2] } : media)
  if (place === undefined) return undefined
  return {
    type: 'media',
    modality: media.modality ?? modalityOf(mime),
    ...(mime !== undefined && { mime }),
    ...place,
    ...(media.name !== undefined && { name: media.name }),
    ...(media.transcript !== undefined && { transcript: media.transcript }),
  }
}

function placeOf(media: { data?: string | undefined; uri?: string | undefined; fileId?: string | undefined }) {
  if (media.data) return isAddress(media.data) ? { uri: media.data } : { data: media.data }
  if (media.uri) return { uri: media.uri }
  return media.fileId ? { fileId: media.fileId } : undefined
}

function isAddress(data: string): boolean {
  return /^(https?|gs|s3|file):\/\//.test(data)
}

/** `image/png` → `image`; what is no image, sound or film is a document. */
export function modalityOf(mime: string | undefined): string {
  const head = mime?.split('/', 1)[0]
  return head === 'image' || head === 'audio' || head === 'video' ? head : 'document'
}
