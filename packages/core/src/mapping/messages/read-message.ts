import { jsonText } from '../../json/json-text.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts'
import type { Message, MessagePart } from '../../span/message.ts'
import { anyField, listField, objectField, textField } from './fields.ts'
import { otherPart, toolResultPart, type ToolCallPart } from './part.ts'
import { readMedia } from './parts/media-parts.ts'
import { readParts } from './parts/read-parts.ts'
import { readToolCall } from './parts/tool-parts.ts'
import { knownRole, roleOf } from './roles.ts'

/**
 * One message that has a role and a content: of GenAI, OpenAI chat, Anthropic, AI SDK, Gemini, Genkit, Bedrock, Ollama
 * and what looks like them. What belongs to the call (finish reason, ids of messages, usage) is left out.
 *
 * Usually one message comes out. A user message that brings results of tools beside words is told as both, since that
 * is how the other dialects send them: results by `tool`, words by `user`.
 */
export function readMessage(raw: JsonObject, defaultRole: string): readonly Message[] {
  const role = roleOf(textField(raw, 'role') ?? defaultRole)
  const callId = textField(raw, 'tool_call_id', 'toolCallId')
  const parts = readParts(anyField(raw, 'parts', 'content'))
  if (role === 'tool' || (role === 'user' && callId !== undefined)) return [toolMessage(raw, parts, callId)]
  const whole = withModelFields(parts, raw)
  const name = textField(raw, 'name')
  return role === 'user' ? tellApart(whole, name) : [messageOf(role, whole, name)]
}

/** Whether a value is a list of messages with something in it. */
export function areMessages(value: JsonValue | undefined): value is readonly JsonObject[] {
  return isJsonArray(value) && value.length > 0 && value.every(looksLikeMessage)
}

export function readMessages(list: readonly JsonObject[], defaultRole: string): readonly Message[] {
  return list.flatMap((message) => readMessage(message, defaultRole))
}

/**
 * Whether an object is a message: it has a role and something to say. A record of a user has a role too, so a role
 * alone is not enough unless there is nothing beside it, nor is a role that no dialect knows among other facts.
 */
export function looksLikeMessage(value: JsonValue | undefined): value is JsonObject {
  if (!isJsonObject(value)) return false
  const says = sayingFields.some((name) => value[name] !== undefined)
  if (typeof value.role !== 'string') return isJsonArray(value.parts) || isJsonArray(value.tool_calls)
  if (knownRole(value.role) !== undefined) return says || Object.keys(value).length === 1
  return says && Object.keys(value).every((name) => name === 'role' || name === 'name' || sayingFields.includes(name))
}

const sayingFields = ['content', 'parts', 'tool_calls', 'toolCalls', 'function_call', 'tool_call_id', 'finish_reason']

export function messageOf(role: string, parts: readonly MessagePart[], name?: string): Message {
  return name === undefined || name === '' ? { role, parts } : { role, name, parts }
}

/**
 * What a model's message has beside its content: thoughts, aloud as DeepSeek, OpenRouter, Groq and Ollama give them, a
 * refusal, calls, what it spoke, and what it cites.
 */
function withModelFields(content: readonly MessagePart[], raw: JsonObject): readonly MessagePart[] {
  const thoughts = textField(raw, 'reasoning_content', 'reasoning', 'thinking')
  const refusal = textField(raw, 'refusal')
  const audio = objectField(raw, 'audio')
  const citations = listField(raw, 'annotations') ?? []
  const parts = withCalls(content, raw)
  if (!thoughts && !refusal && audio === undefined && citations.length === 0) return parts
  return [
    ...(thoughts ? [{ type: 'reasoning', text: thoughts } as const] : []),
    ...parts,
    ...(refusal ? [{ type: 'text', text: refusal } as const] : []),
    ...(audio ? [readMedia({ ...audio, file_id: audio.id ?? null }, 'audio') ?? otherPart({ audio })] : []),
    ...(citations.length > 0 ? [otherPart({ citations })] : []),
  ]
}

/** A call that stands both among the parts and in `tool_calls` is one call: the same id, or, without one, the same call. */
function withCalls(parts: readonly MessagePart[], raw: JsonObject): readonly MessagePart[] {
  const listed = listField(raw, 'tool_calls', 'toolCalls') ?? []
  const single = objectField(raw, 'function_call')
  const calls = [...listed, ...(single ? [single] : [])]
  if (calls.length === 0) return parts
  const known = parts.filter((part): part is ToolCallPart => part.type === 'toolCall')
  const more = calls.flatMap((item): MessagePart[] => {
    const call = isJsonObject(item) ? readToolCall(item) : undefined
    if (call === undefined) return [otherPart(item)]
    return known.some((other) => isSameCall(call, other)) ? [] : [call]
  })
  return [...parts, ...more]
}

function isSameCall(one: ToolCallPart, other: ToolCallPart): boolean {
  if (one.id !== undefined && other.id !== undefined) return one.id === other.id
  return one.name === other.name && jsonText(one.args) === jsonText(other.args)
}

/** The content of a tool's message is its result, unless it holds results as parts already. */
function toolMessage(raw: JsonObject, parts: readonly MessagePart[], callId: string | undefined): Message {
  if (parts.some((part) => part.type === 'toolResult')) return messageOf('tool', parts)
  const result = toolResultPart({
    id: callId ?? textField(raw, 'id'),
    name: textField(raw, 'name', 'tool_name', 'toolName'),
    result: anyField(raw, 'content', 'parts') ?? '',
    isError: raw.status === 'error' || raw.is_error === true || raw.isError === true,
  })
  return messageOf('tool', [result])
}

/** Runs of results and of words, each a message, in the order sent. */
function tellApart(parts: readonly MessagePart[], name: string | undefined): readonly Message[] {
  if (!parts.some((part) => part.type === 'toolResult')) return [messageOf('user', parts, name)]
  const runs: { role: 'tool' | 'user'; parts: MessagePart[] }[] = []
  for (const part of parts) {
    const role = part.type === 'toolResult' ? 'tool' : 'user'
    if (runs.at(-1)?.role === role) runs.at(-1)!.parts.push(part)
    else runs.push({ role, parts: [part] })
  }
  return runs.map((run) => messageOf(run.role, run.parts, run.role === 'user' ? name : undefined))
}
