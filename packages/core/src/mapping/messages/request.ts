import { isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts'
import { messageText } from '../../span/content-text.ts'
import type { Message } from '../../span/message.ts'
import { jsonOrText } from '../parse-json.ts'
import { anyField, objectField } from './fields.ts'
import { conversation, type ReadContent } from './message-shape.ts'
import { readParts } from './parts/read-parts.ts'
import { areMessages, looksLikeMessage, messageOf, readMessage, readMessages } from './read-message.ts'

/** The body of a request that holds its messages as `messages`, with instructions and tools beside them. */
export function readRequest(body: JsonObject): ReadContent | undefined {
  return areMessages(body.messages) ? requestContent(body, readMessages(body.messages, 'user'), 'messages') : undefined
}

/** The body of a request whose messages were read from one of its fields: instructions go ahead of them. */
export function requestContent(body: JsonObject, messages: readonly Message[], messageField: string): ReadContent {
  const config = objectField(body, ...configFields) ?? {}
  const tools = anyField(body, 'tools', 'functions')
  return conversation(
    withSystem(readSystem(anyField(body, ...systemFields) ?? anyField(config, ...systemFields)), messages),
    {
      toolDefinitions: tools ?? anyField(config, 'tools'),
      body,
      usedFields: [messageField, 'tools', 'functions', 'toolConfig', ...systemFields],
    },
  )
}

const configFields = ['toolConfig', 'config', 'generationConfig']
const systemFields = ['system', 'instructions', 'systemInstruction', 'system_instruction']

/**
 * What stands apart from the messages as instructions: a text, a text quoted as JSON, parts, an object of parts, or
 * messages.
 */
export function readSystem(raw: JsonValue | undefined): readonly Message[] {
  const value = raw === undefined ? null : jsonOrText(raw)
  if (areMessages(value)) return readMessages(value, 'system')
  if (looksLikeMessage(value)) return readMessage(value, 'system')
  const parts = readParts(isJsonObject(value) ? (anyField(value, 'parts', 'content') ?? value) : value)
  return parts.length === 0 ? [] : [messageOf('system', parts)]
}

/** Instructions ahead of the messages, once: some clients send them in both places. */
export function withSystem(system: readonly Message[], messages: readonly Message[]): readonly Message[] {
  const repeated = system.every((message, index) => {
    const other = messages[index]
    return other?.role === 'system' && messageText(other) === messageText(message)
  })
  return repeated ? messages : [...system, ...messages]
}
