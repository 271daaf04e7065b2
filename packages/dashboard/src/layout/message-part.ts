import type { JsonValue, MessagePart } from '@tracellm/core'

type PartJson = Readonly<Record<string, JsonValue>>

/**
 * A part of a message as the wire has it, with everything its type promises. What was cut off on the way, or comes from
 * a newer server, is shown as it is.
 */
export function readPart(part: PartJson): MessagePart {
  const { type, text, name, modality } = part
  if ((type === 'text' || type === 'reasoning') && typeof text === 'string') return { type, text }
  if (type === 'toolCall' && typeof name === 'string') {
    return { type, name, args: part['args'] ?? null, ...withText('id', part['id']) }
  }
  if (type === 'toolResult') {
    const isError = part['isError'] === true
    return { type, result: part['result'] ?? null, isError, ...withText('id', part['id']), ...withText('name', name) }
  }
  if (type === 'media' && typeof modality === 'string') {
    const given = ['mime', 'data', 'uri', 'fileId', 'name', 'transcript'].map((key) => withText(key, part[key]))
    return Object.assign({ type, modality }, ...given)
  }
  return { type: 'other', raw: type === 'other' && 'raw' in part ? part['raw']! : part }
}

function withText(key: string, value: JsonValue | undefined): Record<string, string> {
  return typeof value === 'string' ? { [key]: value } : {}
}
