import type { JsonValue, Message, TraceId } from '@tracellm/core'
import { bodyOfMessage, bodyOfValue, type Body } from './body.ts'
import { isSameMessage, jsonEqual } from './json-equal.ts'

interface Remembered<Value> {
  readonly value: Value
  readonly body: Body
}

const maxHistories = 4
const maxAnswers = 4
/**
 * Most traces have one call, of a system prompt and a question. A first history that is no longer is not remembered: to
 * write it again with a second call costs less than the garbage collector for what is remembered in vain.
 */
const maxUnremembered = 2

/** What the last calls of one trace were given and answered. */
export class TraceMessages {
  #isCalled = false
  /** Newest first: agents side by side each have a history of their own. */
  #histories: (readonly Remembered<Message>[])[] = []
  /** The newest answers: the next history repeats them. */
  #answers: readonly Remembered<Message>[] = []
  #tools: Remembered<JsonValue> | undefined
  /** Characters of what is remembered. */
  size = 0

  /** The bodies of what a call was given. */
  history(messages: readonly Message[]): readonly Body[] {
    const isFirst = !this.#isCalled
    this.#isCalled = true
    if (isFirst && messages.length <= maxUnremembered) return messages.map(bodyOfMessage)
    const place = this.#histories.findIndex((history) => continues(messages, history))
    const before = this.#histories[place] ?? []
    const history = messages.map((message, index) => {
      const same = before[index]
      return same !== undefined && isSameMessage(same.value, message) ? same : this.#find(message)
    })
    if (place !== -1) this.#histories.splice(place, 1)
    this.#histories.unshift(history)
    if (this.#histories.length > maxHistories) this.#histories.pop()
    return history.map(({ body }) => body)
  }

  /** The bodies of what a call answered. */
  answers(messages: readonly Message[]): readonly Body[] {
    if (this.#histories.length === 0) return messages.map(bodyOfMessage)
    const answers = messages.map((message) => this.#make(message))
    this.#answers = [...answers, ...this.#answers].slice(0, maxAnswers)
    return answers.map(({ body }) => body)
  }

  /** The body of the definitions of tools that a call was given. */
  tools(definitions: JsonValue): Body {
    if (this.#tools === undefined || !jsonEqual(this.#tools.value, definitions)) {
      this.#tools = { value: definitions, body: bodyOfValue(definitions) }
      this.size += this.#tools.body.length
    }
    return this.#tools.body
  }

  #find(message: Message): Remembered<Message> {
    return this.#answers.find((answer) => isSameMessage(answer.value, message)) ?? this.#make(message)
  }

  #make(message: Message): Remembered<Message> {
    const body = bodyOfMessage(message)
    this.size += body.length
    return { value: message, body }
  }
}

/** Whether a list may go on from a history: it begins as that began. A common system prompt alone says little. */
function continues(messages: readonly Message[], history: readonly Remembered<Message>[]): boolean {
  for (let index = 0; index < 2; index++) {
    const before = history[index]
    const message = messages[index]
    if (before === undefined || message === undefined) return index > 0
    if (!isSameMessage(before.value, message)) return false
  }
  return true
}

/**
 * Remembers, for each trace in flight, what its last calls were given, so that of a history that comes again with every
 * call only what differs is written and hashed. Comparing texts as they lie costs a tenth of that.
 *
 * There are two generations: when the younger is full, the older is forgotten, but for what was asked for since.
 */
export class RecentMessages {
  readonly #maxTraces: number
  readonly #maxCharacters: number
  #young = new Map<TraceId, TraceMessages>()
  #old = new Map<TraceId, TraceMessages>()
  #youngSize = 0
  #last: { readonly traceId: TraceId; readonly messages: TraceMessages; readonly sizeBefore: number } | undefined

  /** @param maxTraces (1,024) and @param maxCharacters (16 million) are how much is remembered at most */
  constructor(maxTraces = 1024, maxCharacters = 16_000_000) {
    this.#maxTraces = maxTraces
    this.#maxCharacters = maxCharacters
  }

  of(traceId: TraceId): TraceMessages {
    if (this.#last?.traceId === traceId) return this.#last.messages
    this.#age()
    let messages = this.#young.get(traceId)
    if (messages === undefined) {
      messages = this.#old.get(traceId) ?? new TraceMessages()
      this.#young.set(traceId, messages)
      this.#youngSize += messages.size
    }
    this.#last = { traceId, messages, sizeBefore: messages.size }
    return messages
  }

  #age(): void {
    if (this.#last !== undefined) this.#youngSize += this.#last.messages.size - this.#last.sizeBefore
    if (this.#young.size * 2 < this.#maxTraces && this.#youngSize * 2 < this.#maxCharacters) return
    this.#old = this.#young
    this.#young = new Map()
    this.#youngSize = 0
  }
}
