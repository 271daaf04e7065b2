import type { JsonValue, Message, TraceId } from '@tracellm/core'
import { bodyOfMessage, bodyOfValue, type Body } from './body.ts'
import { jsonEqual } from './json-equal.ts'

interface Remembered<Value> {
  readonly value: Value
  readonly body: Body
}

interface TraceMemory {
  /** The last message lists of the trace's calls, newest first: agents side by side each have a history of their own. */
  histories: readonly (readonly Remembered<Message>[])[]
  /** The newest answers: the next history repeats them. */
  answers: readonly Remembered<Message>[]
  tools: Remembered<JsonValue> | undefined
  /** Characters of what was added to it. */
  size: number
}

const maxHistories = 4
const maxAnswers = 4

/**
 * Remembers, for each trace in flight, what its last calls were given, so that of a history that comes again with every
 * call only what differs is written and hashed. Comparing texts as they lie costs a tenth of that.
 */
export class RecentMessages {
  readonly #traces = new Map<TraceId, TraceMemory>()
  readonly #maxTraces: number
  readonly #maxCharacters: number
  #size = 0

  /** @param maxTraces (1,024) and @param maxCharacters (32 million) bound what is remembered; the longest untouched goes first */
  constructor(maxTraces = 1024, maxCharacters = 32_000_000) {
    this.#maxTraces = maxTraces
    this.#maxCharacters = maxCharacters
  }

  /** The bodies of what a call was given. */
  history(traceId: TraceId, messages: readonly Message[]): readonly Body[] {
    const memory = this.#memoryOf(traceId)
    const before = memory.histories.find((history) => continues(messages, history)) ?? []
    const history = messages.map((message, index) => {
      const same = before[index]
      if (same !== undefined && jsonEqual(asJson(same.value), asJson(message))) return same
      return (
        memory.answers.find((answer) => jsonEqual(asJson(answer.value), asJson(message))) ?? this.#add(memory, message)
      )
    })
    memory.histories = [history, ...memory.histories.filter((other) => other !== before)].slice(0, maxHistories)
    return history.map(({ body }) => body)
  }

  /** The bodies of what a call answered. */
  answers(traceId: TraceId, messages: readonly Message[]): readonly Body[] {
    const memory = this.#memoryOf(traceId)
    const answers = messages.map((message) => this.#add(memory, message))
    memory.answers = [...answers, ...memory.answers].slice(0, maxAnswers)
    return answers.map(({ body }) => body)
  }

  /** The body of the definitions of tools that a call was given. */
  tools(traceId: TraceId, definitions: JsonValue): Body {
    const memory = this.#memoryOf(traceId)
    if (memory.tools === undefined || !jsonEqual(memory.tools.value, definitions)) {
      memory.tools = { value: definitions, body: bodyOfValue(definitions) }
    }
    return memory.tools.body
  }

  #memoryOf(traceId: TraceId): TraceMemory {
    const memory = this.#traces.get(traceId) ?? { histories: [], answers: [], tools: undefined, size: 0 }
    this.#traces.delete(traceId)
    this.#traces.set(traceId, memory)
    if (this.#traces.size > this.#maxTraces || this.#size > this.#maxCharacters) this.#forgetOldest()
    return memory
  }

  #add(memory: TraceMemory, message: Message): Remembered<Message> {
    const body = bodyOfMessage(message)
    memory.size += body.length
    this.#size += body.length
    return { value: message, body }
  }

  #forgetOldest(): void {
    const [oldest] = this.#traces.keys()
    this.#size -= this.#traces.get(oldest!)!.size
    this.#traces.delete(oldest!)
  }
}

/** Whether a list may go on from a history: it begins as that began. A common system prompt alone says little. */
function continues(messages: readonly Message[], history: readonly Remembered<Message>[]): boolean {
  for (let index = 0; index < 2; index++) {
    const before = history[index]
    const message = messages[index]
    if (before === undefined || message === undefined) return index > 0
    if (!jsonEqual(asJson(before.value), asJson(message))) return false
  }
  return true
}

/** A message is JSON; its type only does not say so. */
function asJson(message: Message): JsonValue {
  return message as unknown as JsonValue
}
