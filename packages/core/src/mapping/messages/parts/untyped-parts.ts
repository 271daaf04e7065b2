import type { JsonObject } from '../../../json/json-value.ts'
import type { MessagePart } from '../../../span/message.ts'
import { objectField, textField } from '../fields.ts'
import { reasoningPart, textPart, toolResultPart, type PartReader } from '../part.ts'
import { readMedia } from './media-parts.ts'
import { readToolCall, readToolResult } from './tool-parts.ts'

/** Gemini, Genkit and Bedrock name a part by its only key; the key holds the rest. */
const byKey: Readonly<Record<string, PartReader>> = {
  functionCall: readToolCall,
  function_call: readToolCall,
  functionResponse: readResponse,
  function_response: readResponse,
  inlineData: (held) => readMedia(held),
  inline_data: (held) => readMedia(held),
  fileData: (held) => readMedia(held),
  file_data: (held) => readMedia(held),

  toolRequest: readToolCall,
  toolResponse: readToolResult,
  media: (held) => readMedia(held),

  toolUse: readToolCall,
  toolResult: readToolResult,
  reasoningContent: (held) =>
    reasoningPart(
      textField(objectField(held, 'reasoningText') ?? held, 'text'),
      textField(objectField(held, 'reasoningText') ?? held, 'signature', 'redactedContent'),
    ),
  image: (held) => readMedia(held, 'image'),
  document: (held) => readMedia(held, 'document'),
  video: (held) => readMedia(held, 'video'),
}

/** Gemini's `response` is what the function gave, whatever fields it has. */
function readResponse(held: JsonObject): MessagePart {
  return toolResultPart({ id: textField(held, 'id'), name: textField(held, 'name'), result: held.response })
}

/** A part without a `type`. `undefined` when no key of it is known. */
export const readUntypedPart: PartReader = (raw) => {
  for (const key in raw) {
    const held = Object.hasOwn(byKey, key) ? objectField(raw, key) : undefined
    if (held !== undefined) return byKey[key]!(held)
  }
  const text = textField(raw, 'text')
  if (text !== undefined) return raw.thought === true ? reasoningPart(text) : textPart(text)
  return reasoningPart(textField(raw, 'reasoning'))
}
