import type { JsonObject, JsonValue } from '../../json/json-value.ts'
import type { Content, Message } from '../../span/message.ts'

/**
 * How a client writes messages. What a reader is given, as JSON or as JSON text:
 *
 * | shape | input | output |
 * |---|---|---|
 * | `gen-ai` | a list of messages, or `{ system, messages }` with `gen_ai.system_instructions` as `system` | a list of messages |
 * | `old-events` | a list of events in order, each `{ event, body }`; choices are left to the other side | the same list |
 * | `openinference` | `llm.input_messages` as a list, or `{ prompts }` | `llm.output_messages` as a list, or `{ choices }` |
 * | `traceloop` | `gen_ai.prompt` as a list | `gen_ai.completion` as a list |
 * | `ai-sdk` | `ai.prompt.messages`, or the object of `ai.prompt` | `{ text?, reasoning?, toolCalls?, object? }` |
 * | `openai` `anthropic` `gemini` `genkit` `bedrock` `langchain` | the body of a request, or its messages | the body of a response, or a message |
 * | `any` | whatever it is | whatever it is |
 */
export type MessageShape =
  | 'gen-ai'
  | 'old-events'
  | 'openinference'
  | 'traceloop'
  | 'ai-sdk'
  | 'openai'
  | 'anthropic'
  | 'gemini'
  | 'genkit'
  | 'bedrock'
  | 'langchain'
  | 'any'

export type Side = 'input' | 'output'

export interface ReadContent {
  readonly content: Content
  /** As the client wrote them, one a choice; they belong to the call, never to the message. */
  readonly finishReasons?: readonly string[]
  /** The tools offered, where the body of a request holds them. As the client wrote them. */
  readonly toolDefinitions?: JsonValue
  /** What stood beside the messages in the body: parameters, usage, the rest of a graph's state. */
  readonly rest?: JsonObject
}

/** Reads one shape. `undefined` when the value is of another one. */
export type ShapeReader = (value: JsonValue, side: Side) => ReadContent | undefined

/** The role of a message that names none. */
export const defaultRole = { input: 'user', output: 'assistant' } as const

interface Beside {
  readonly finishReasons?: readonly (JsonValue | undefined)[]
  readonly toolDefinitions?: JsonValue | undefined
  /** The body the messages are from, and its fields that were used up. */
  readonly body?: JsonObject
  readonly usedFields?: readonly string[]
}

/** What was read, as a conversation. What is empty is left out. */
export function conversation(messages: readonly Message[], beside: Beside = {}): ReadContent {
  const finishReasons = (beside.finishReasons ?? []).filter((reason) => typeof reason === 'string' && reason !== '')
  const { toolDefinitions, body, usedFields = [] } = beside
  const rest = body && Object.entries(body).filter(([field, value]) => !usedFields.includes(field) && value !== null)
  return {
    content: { form: 'messages', messages },
    ...(finishReasons.length > 0 && { finishReasons: finishReasons as readonly string[] }),
    ...(toolDefinitions !== undefined && toolDefinitions !== null && { toolDefinitions }),
    ...(rest !== undefined && rest.length > 0 && { rest: Object.fromEntries(rest) }),
  }
}
