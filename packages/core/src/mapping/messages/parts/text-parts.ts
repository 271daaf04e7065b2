import { isJsonObject, type JsonObject } from '../../../json/json-value.ts'
import { listField, objectField, textField } from '../fields.ts'
import { reasoningPart, textPart, type PartReader } from '../part.ts'

const readText: PartReader = (raw) =>
  textPart(textField(raw, 'text', 'content') ?? textField(objectField(raw, 'text') ?? {}, 'value'))

const readReasoning: PartReader = (raw) =>
  reasoningPart(
    textField(raw, 'text', 'content', 'reasoning', 'thinking') ?? summaryText(raw),
    textField(raw, 'signature', 'encrypted_content', 'data'),
  )

/** Responses: lists of `{ type, text }`, usually empty where the thought itself is encrypted or kept by OpenAI. */
function summaryText(raw: JsonObject): string | undefined {
  const pieces = listField(raw, 'summary') ?? listField(raw, 'content')
  return pieces?.map((piece) => (isJsonObject(piece) ? (textField(piece, 'text') ?? '') : '')).join('\n')
}

/** Parts that are text, by their `type`. */
export const textParts: Readonly<Record<string, PartReader>> = {
  text: readText,
  input_text: readText,
  output_text: readText,
  refusal: (raw) => textPart(textField(raw, 'refusal')),
  reasoning: readReasoning,
  thinking: readReasoning,
  redacted_thinking: readReasoning,
  'redacted-reasoning': readReasoning,
}
