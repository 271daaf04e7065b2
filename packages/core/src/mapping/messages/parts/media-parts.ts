import type { JsonObject } from '../../../json/json-value.ts'
import { objectField, textField } from '../fields.ts'
import { mediaPart, type PartReader } from '../part.ts'

/**
 * An image, a sound, a film or a file: what it is and where it is stand in the part itself or in the one object it
 * holds, under names that differ by client and mean the same.
 */
export function readMedia(raw: JsonObject, modality?: string): ReturnType<PartReader> {
  const holder = objectField(raw, ...holderFields)
  const inner = holder && (objectField(holder, 'source', 'image') ?? holder)
  // Anthropic: a document given as plain text, or as blocks, is neither base64 nor an address.
  if (inner?.type === 'text' || inner?.type === 'content') return undefined
  const held = { ...objectField(inner ?? {}, 's3Location'), ...inner, ...holder }
  const find = (...names: readonly string[]) => textField(raw, ...names) ?? textField(held, ...names)
  const format = find('format')
  return mediaPart({
    modality: textField(raw, 'modality') ?? modality,
    mime:
      find('media_type', 'mediaType', 'mime_type', 'mimeType', 'contentType') ??
      (format && modality && modality !== 'document' ? `${modality}/${format}` : undefined),
    data: find('data', 'file_data', 'bytes') ?? textField(raw, 'image', ...(raw.type === 'blob' ? ['content'] : [])),
    uri: find('url', 'uri', 'file_url', 'fileUri', 'file_uri') ?? textField(raw, 'image_url'),
    fileId: find('file_id', 'fileId') ?? (raw.source_type === 'id' ? textField(raw, 'id') : undefined),
    name: find('filename', 'name', 'title'),
    transcript: find('transcript'),
  })
}

const holderFields = ['source', 'image_url', 'input_audio', 'file', 'image', 'audio', 'video', 'video_url']

const media =
  (modality?: string): PartReader =>
  (raw) =>
    readMedia(raw, modality)

/** Parts that are media, by their `type`. */
export const mediaParts: Readonly<Record<string, PartReader>> = {
  image: media('image'),
  image_url: media('image'),
  input_image: media('image'),
  audio: media('audio'),
  input_audio: media('audio'),
  video: media('video'),
  video_url: media('video'),
  document: media('document'),
  file: media(),
  input_file: media(),
  media: media(),
  blob: media(),
  uri: media(),
}
