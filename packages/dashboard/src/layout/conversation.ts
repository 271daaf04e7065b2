import type { MessagePart } from '@tracellm/core'
import type { MessageJson } from '@tracellm/core/wire'
import { readPart } from './message-part.ts'

type ToolCall = Extract<MessagePart, { type: 'toolCall' }>
export type ToolResult = Extract<MessagePart, { type: 'toolResult' }>
export type ShownPart = Exclude<MessagePart, ToolCall> | (ToolCall & { readonly answer: ToolResult | undefined })

export interface ShownMessage {
  readonly message: MessageJson
  /** Its place in the conversation, from 0. */
  readonly index: number
  readonly parts: readonly ShownPart[]
}

/**
 * The messages as they are read: what a tool gave stands with its call, and a message that held nothing else is gone.
 * A result without a call before it stays where it is; where an id is used again, each result goes with the call before.
 */
export function readConversation(messages: readonly MessageJson[]): ShownMessage[] {
  const read = messages.map((message, index) => ({ message, index, parts: message.parts.map(readPart) }))
  const answers = pairResults(read.flatMap(({ parts }) => parts))
  const paired = new Set<MessagePart>(answers.values())
  return read.flatMap(({ parts, ...message }) => {
    const own = parts.filter((part) => !paired.has(part))
    if (own.length === 0 && parts.length > 0) return []
    const shown = own.map((part) => (part.type === 'toolCall' ? { ...part, answer: answers.get(part) } : part))
    return [{ ...message, parts: shown }]
  })
}

function pairResults(parts: readonly MessagePart[]): Map<ToolCall, ToolResult> {
  const answers = new Map<ToolCall, ToolResult>()
  const waiting = new Map<string, ToolCall>()
  for (const part of parts) {
    if (part.type === 'toolCall' && part.id !== undefined) waiting.set(part.id, part)
    if (part.type !== 'toolResult' || part.id === undefined) continue
    const call = waiting.get(part.id)
    if (call !== undefined) answers.set(call, part)
    waiting.delete(part.id)
  }
  return answers
}

/** Fewer messages than these are not worth folding. */
const leastFolded = 3

/**
 * From which of the messages on a call is new to its model: what it said last, with what the tools gave it for that, and
 * all that follows. What stands before, it had answered already. 0 where that is little.
 */
export function newSince(shown: readonly ShownMessage[]): number {
  const last = shown.findLastIndex(({ message }) => message.direction === 'input' && message.role === 'assistant')
  return last < leastFolded ? 0 : last
}
