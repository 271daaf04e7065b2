import { byStart, maxModels, type TraceSummary } from '@tracellm/core'
import { countedBit, type CountedBits, type SpanFacts } from './span-facts.ts'

type Models = Pick<TraceSummary, 'model' | 'provider' | 'models'>

/**
 * The models of a trace's counted calls, in order of first use, kept while calls come to count and cease to.
 * `summarizeTrace` of core says which of them is the trace's own.
 */
export class CountedCalls {
  #firstOfModel = new Map<string, SpanFacts>()
  #firstNamedLlm: SpanFacts | undefined
  #first: SpanFacts | undefined
  #isStale = false
  #models: Models | undefined

  add(call: SpanFacts): void {
    if (this.#isStale) return
    if (isBefore(call, this.#first)) this.#change(() => (this.#first = call))
    if (call.model === undefined) return
    if (call.type === 'llm' && isBefore(call, this.#firstNamedLlm)) this.#change(() => (this.#firstNamedLlm = call))
    if (isBefore(call, this.#firstOfModel.get(call.model))) {
      this.#change(() => this.#firstOfModel.set(call.model!, call))
    }
  }

  remove(call: SpanFacts): void {
    const firsts = [this.#first, this.#firstNamedLlm, this.#firstOfModel.get(call.model ?? '')]
    if (firsts.includes(call)) this.#isStale = true
  }

  /** @param all where to look when a first has gone */
  summary(all: () => Iterable<{ readonly facts: SpanFacts; readonly counted: CountedBits }>): Models {
    if (this.#isStale) this.#lookAtAll(all())
    if (this.#models !== undefined) return this.#models
    const inOrder = [...this.#firstOfModel].toSorted(([, one], [, other]) => byStart(one, other))
    const own = this.#firstNamedLlm ?? inOrder[0]?.[1] ?? this.#first
    this.#models = {
      model: own?.model,
      provider: own?.provider,
      models: inOrder.slice(0, maxModels).map(([model]) => model),
    }
    return this.#models
  }

  #lookAtAll(spans: Iterable<{ readonly facts: SpanFacts; readonly counted: CountedBits }>): void {
    this.#isStale = false
    this.#models = undefined
    this.#first = undefined
    this.#firstNamedLlm = undefined
    this.#firstOfModel = new Map()
    for (const { facts, counted } of spans) if ((counted & countedBit.call) !== 0) this.add(facts)
  }

  #change(set: () => void): void {
    set()
    this.#models = undefined
  }
}

function isBefore(call: SpanFacts, other: SpanFacts | undefined): boolean {
  return other === undefined || byStart(call, other) < 0
}
