import type { SpanId } from '@tracellm/core'
import { Extreme, type Order } from './extreme.ts'
import { hasText, type ShownText } from './shown-text.ts'
import type { SpanFacts } from './span-facts.ts'
import { endsLast, startsFirst } from './span-order.ts'

/** Where a text of the trace is to be found: whoever keeps the bodies reads it there. */
export interface TextSource {
  readonly spanId: SpanId
  readonly text: ShownText
}

const firstWithTraceInput: Order<SpanFacts> = { precedes: startsFirst, applies: (span) => shows(span, 'traceInput') }
const firstWithTraceOutput: Order<SpanFacts> = { precedes: startsFirst, applies: (span) => shows(span, 'traceOutput') }
const firstCallWithInput: Order<SpanFacts> = {
  precedes: startsFirst,
  applies: (span) => span.type === 'llm' && shows(span, 'input'),
}
const lastCallWithOutput: Order<SpanFacts> = {
  precedes: endsLast,
  applies: (span) => span.type === 'llm' && shows(span, 'output'),
}

/**
 * Whose texts a trace shows as its prompt and its response, kept while spans come and go in any order: what the root or
 * the first to do so says of the whole trace, else the root's own, else that of the first and the last call.
 */
export class TraceTexts {
  readonly #traceInput = new Extreme(firstWithTraceInput)
  readonly #traceOutput = new Extreme(firstWithTraceOutput)
  readonly #firstInput = new Extreme(firstCallWithInput)
  readonly #lastOutput = new Extreme(lastCallWithOutput)
  readonly #extremes = [this.#traceInput, this.#traceOutput, this.#firstInput, this.#lastOutput]

  add(span: SpanFacts): void {
    for (const extreme of this.#extremes) extreme.add(span)
  }

  remove(span: SpanFacts): void {
    for (const extreme of this.#extremes) extreme.remove(span)
  }

  replace(span: SpanFacts, successor: SpanFacts): void {
    for (const extreme of this.#extremes) extreme.replace(span, successor)
  }

  /** @param all where to look when a holder has gone; likewise of the others */
  prompt(root: SpanFacts, all: () => Iterable<SpanFacts>): TextSource | undefined {
    const sayer = shows(root, 'traceInput') ? root : this.#traceInput.get(all)
    if (sayer !== undefined) return { spanId: sayer.spanId, text: 'traceInput' }
    const holder = shows(root, 'input') ? root : this.#firstInput.get(all)
    return holder && { spanId: holder.spanId, text: 'input' }
  }

  response(root: SpanFacts, all: () => Iterable<SpanFacts>): TextSource | undefined {
    const sayer = shows(root, 'traceOutput') ? root : this.#traceOutput.get(all)
    if (sayer !== undefined) return { spanId: sayer.spanId, text: 'traceOutput' }
    const holder = shows(root, 'output') ? root : this.#lastOutput.get(all)
    return holder && { spanId: holder.spanId, text: 'output' }
  }

  /** The spans whose texts the trace shows, or would if the root were another. */
  holders(root: SpanFacts, all: () => Iterable<SpanFacts>): SpanId[] {
    const ids = this.#extremes.flatMap((extreme) => extreme.get(all)?.spanId ?? [])
    return [...new Set([root.spanId, ...ids])]
  }
}

function shows(span: SpanFacts, text: ShownText): boolean {
  return (span.texts & hasText[text]) !== 0
}
