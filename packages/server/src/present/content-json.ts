import { inputText, outputText, type Content, type JsonValue, type Message, type Span } from '@tracellm/core'
import type { MessageJson, TruncatedJson } from '@tracellm/core/wire'
import type { BodyRef, SpanRead, StepContent } from '@tracellm/store'
import { cutJson } from './cut-json.ts'

/** What went into a step and came out, as `contentFields` of the wire has it. */
export interface ContentJson {
  readonly input: JsonValue
  readonly output: JsonValue
  readonly messages: MessageJson[]
  readonly truncated: TruncatedJson[]
}

type Direction = MessageJson['direction']

/**
 * Presents both sides of a step, each body cut to `bodyLimit` bytes.
 * A value stands under `input` or `output`. A conversation stands under `messages`, and what was asked or answered
 * under `input` or `output` as text, so that a reader who wants no more than that finds it in one place.
 */
export function presentContent(
  input: StepContent | undefined,
  output: StepContent | undefined,
  bodyLimit: number,
): ContentJson {
  const presenting = new PresentedContent(bodyLimit)
  return {
    input: presenting.side(input, 'input'),
    output: presenting.side(output, 'output'),
    messages: presenting.messages,
    truncated: presenting.truncated,
  }
}

/** The content of a span, which has its bodies inline, with the references beside it. */
export function presentSpanContent(
  { span, bodies }: Pick<SpanRead, 'span' | 'bodies'>,
  bodyLimit: number,
): ContentJson {
  return presentContent(withRefs(span.input, bodies.input), withRefs(span.output, bodies.output), bodyLimit)
}

/** A span's tool definitions, cut like a body. */
export function presentTools(span: Span, ref: BodyRef | undefined, bodyLimit: number) {
  if (span.toolDefinitions === undefined || ref === undefined) return { tools: null, truncated: [] }
  const presenting = new PresentedContent(bodyLimit)
  const definitions = presenting.cut(span.toolDefinitions, ref, 'tools')
  return {
    tools: { hash: ref.hash, body: ref.key, bytes: ref.bytes, definitions },
    truncated: presenting.truncated,
  }
}

class PresentedContent {
  readonly messages: MessageJson[] = []
  readonly truncated: TruncatedJson[] = []
  readonly #bodyLimit: number

  constructor(bodyLimit: number) {
    this.#bodyLimit = bodyLimit
  }

  side(content: StepContent | undefined, direction: Direction): JsonValue {
    if (content === undefined) return null
    if (content.form === 'value') return this.cut(content.value, content.ref, direction)
    const shown = content.messages.map(({ message, ref }) => this.#message(message, ref, direction))
    const text = direction === 'input' ? inputText : outputText
    return text({ form: 'messages', messages: shown }) ?? null
  }

  cut<Value extends JsonValue>(value: Value, ref: BodyRef, field: string): Value {
    if (ref.bytes <= this.#bodyLimit) return value
    this.truncated.push({ field, bytes: ref.bytes, body: ref.key })
    return cutJson(value, this.#bodyLimit)
  }

  /** @returns the message as far as it is shown. */
  #message(message: Message, ref: BodyRef, direction: Direction): Message {
    const field = `messages[${this.messages.length}]`
    // Parts are plain JSON; their type is an interface only so that it can be read.
    const parts = this.cut(message.parts as unknown as JsonValue, ref, field) as unknown as Message['parts']
    this.messages.push({
      direction,
      hash: ref.hash,
      body: ref.key,
      bytes: ref.bytes,
      role: message.role,
      name: message.name ?? null,
      parts: parts as unknown as MessageJson['parts'],
    })
    return { ...message, parts }
  }
}

function withRefs(content: Content | undefined, refs: readonly BodyRef[]): StepContent | undefined {
  if (content === undefined) return undefined
  if (content.form === 'value') return { form: 'value', value: content.value, ref: refs[0]! }
  return {
    form: 'messages',
    messages: content.messages.map((message, index) => ({ message, ref: refs[index]! })),
  }
}
