import { jsonText } from '../../json/json-text.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts'
import type { MediaPart, Message, MessagePart } from '../../span/message.ts'
import type { Span } from '../../span/span.ts'

/** A text for each attribute, with JSON where the conventions have it. */
type Texts = Readonly<Record<string, string | undefined>>

/**
 * What went into a span and came out, under the names of the GenAI conventions: a conversation as messages, a tool's
 * values as its arguments and result. Values of other spans have no name there, and go under OpenInference's.
 */
export function emitContent(span: Pick<Span, 'type' | 'input' | 'output' | 'toolDefinitions'>): Texts {
  const { type, input, output, toolDefinitions } = span
  return {
    ...(input?.form === 'messages' ? emitInput(input.messages) : emitValue(type, 'input', input?.value)),
    ...(output?.form === 'messages' ? emitOutput(output.messages) : emitValue(type, 'output', output?.value)),
    'gen_ai.tool.definitions': toolDefinitions === undefined ? undefined : textOf(toolDefinitions),
  }
}

/** A conversation that opens with instructions has them in an attribute of their own. */
function emitInput(messages: readonly Message[]): Texts {
  const [first, ...others] = messages
  const hasInstructions = first?.role === 'system' && first.name === undefined
  return {
    'gen_ai.system_instructions': hasInstructions ? jsonText(first.parts.map((part) => emitPart(part))) : undefined,
    'gen_ai.input.messages': jsonText((hasInstructions ? others : messages).map((message) => emitMessage(message))),
  }
}

/** A model says no instructions: where there are some, a graph has given its whole state. */
function emitOutput(messages: readonly Message[]): Texts {
  const emitted = messages.map((message) => emitMessage(message))
  return messages.some(({ role }) => role === 'system')
    ? emitValue('chain', 'output', { messages: emitted })
    : { 'gen_ai.output.messages': jsonText(emitted) }
}

const toolKeys = { input: 'gen_ai.tool.call.arguments', output: 'gen_ai.tool.call.result' }

function emitValue(type: Span['type'], side: 'input' | 'output', value: JsonValue | undefined): Texts {
  if (value === undefined) return {}
  if (type === 'tool') return { [toolKeys[side]]: textOf(value) }
  const mime = typeof value === 'string' ? 'text/plain' : 'application/json'
  return { [`${side}.value`]: textOf(value), [`${side}.mime_type`]: mime }
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : jsonText(value)
}

function emitMessage({ role, name, parts }: Message): JsonObject {
  return { role, parts: parts.map((part) => emitPart(part)), ...(name === undefined ? {} : { name }) }
}

function emitPart(part: MessagePart): JsonObject {
  switch (part.type) {
    case 'text':
      return { type: 'text', content: part.text }
    case 'reasoning':
      return { type: 'reasoning', content: part.text, ...some({ signature: part.signature }) }
    case 'toolCall':
      return { type: 'tool_call', ...some({ id: part.id }), name: part.name, arguments: part.args }
    case 'toolResult':
      return { type: 'tool_call_response', ...some({ id: part.id, name: part.name }), response: part.result }
    case 'media':
      return emitMedia(part)
    case 'other':
      return isJsonObject(part.raw) ? part.raw : { type: 'generic', content: part.raw }
  }
}

function emitMedia({ modality, mime, data, uri, fileId, name }: MediaPart): JsonObject {
  const about = { modality, ...some({ mime_type: mime, name }) }
  if (data !== undefined) return { type: 'blob', ...about, content: data }
  return uri === undefined ? { type: 'file', ...about, ...some({ file_id: fileId }) } : { type: 'uri', ...about, uri }
}

/** The fields that are known. */
function some(fields: Readonly<Record<string, string | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined))
}
