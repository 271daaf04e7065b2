import { byStart, maxMetadataKeys, maxTags, type JsonValue, type LiftedContext } from '@tracellm/core'
import type { SaidContext, SpanFacts } from './span-facts.ts'

/** One thing that somebody says about a trace: of whom, in which place among the tags or the metadata, and what. */
interface Saying {
  readonly by: SpanFacts
  readonly place: number
  readonly value: JsonValue
}

/**
 * Who was the first, in start order, to say each thing about a trace: `liftContext` of core, kept while spans come and
 * go in any order. Spans that say the same share one context object, and only the earliest of them is looked at.
 */
export class SaidFirst {
  /** By what is said: a field of the context, `tag` and a tag, `meta` and a key. */
  #sayings = new Map<string, Saying>()
  #earliestSayer = new Map<SaidContext, SpanFacts>()
  #isStale = false
  #lifted: { root: SaidContext | undefined; said: LiftedContext } | undefined

  add(span: SpanFacts): void {
    if (this.#isStale || span.context === undefined) return
    const sayer = this.#earliestSayer.get(span.context)
    if (sayer !== undefined && byStart(sayer, span) < 0) return
    this.#earliestSayer.set(span.context, span)
    this.#lifted = undefined
    for (const [what, value, place] of sayingsOf(span.context)) {
      const known = this.#sayings.get(what)
      if (known === undefined || byStart(span, known.by) < 0) this.#sayings.set(what, { by: span, place, value })
    }
  }

  remove(span: SpanFacts): void {
    if (span.context === undefined || this.#earliestSayer.get(span.context) !== span) return
    this.#isStale = true
    this.#lifted = undefined
  }

  replace(span: SpanFacts, successor: SpanFacts): void {
    if (span.context === successor.context && span.startUs === successor.startUs) {
      // The same said at the same time: the sayings still name the old object, of which only start and id matter.
      if (span.context !== undefined && this.#earliestSayer.get(span.context) === span) {
        this.#earliestSayer.set(span.context, successor)
      }
      return
    }
    this.remove(span)
    this.add(successor)
  }

  /** @param all where to look when somebody who was first has gone */
  lift(root: SpanFacts, all: () => Iterable<SpanFacts>): LiftedContext {
    if (this.#isStale) this.#hearAll(all())
    if (this.#lifted === undefined || this.#lifted.root !== root.context) {
      this.#lifted = { root: root.context, said: this.#lift(root.context ?? {}) }
    }
    return this.#lifted.said
  }

  #hearAll(spans: Iterable<SpanFacts>): void {
    this.#isStale = false
    this.#sayings = new Map()
    this.#earliestSayer = new Map()
    for (const span of spans) this.add(span)
  }

  #lift(root: SaidContext): LiftedContext {
    const scalar = <Field extends ScalarField>(field: Field): SaidContext[Field] =>
      root[field] || (this.#sayings.get(field)?.value as SaidContext[Field])
    const tags: Saying[] = []
    const metadata: (readonly [key: string, saying: Saying])[] = []
    for (const [what, saying] of this.#sayings) {
      if (what.startsWith(tagMark)) tags.push(saying)
      else if (what.startsWith(metadataMark)) metadata.push([what.slice(metadataMark.length), saying])
    }
    tags.sort(bySaying)
    return {
      traceName: scalar('traceName'),
      sessionId: scalar('sessionId'),
      userId: scalar('userId'),
      environment: scalar('environment'),
      release: scalar('release'),
      declaredStatus: scalar('declaredStatus'),
      tags: [...new Set([...(root.tags ?? []), ...tags.map((saying) => saying.value as string)])]
        .filter((tag) => tag)
        .slice(0, maxTags),
      metadata: Object.fromEntries(metadataOf(root, metadata)),
    }
  }
}

function bySaying(one: Saying, other: Saying): number {
  return byStart(one.by, other.by) || one.place - other.place
}

/** What the root says first, then what it does not. Only where there is too much does the order matter. */
function metadataOf(
  root: SaidContext,
  said: (readonly [key: string, saying: Saying])[],
): (readonly [key: string, value: JsonValue])[] {
  const ofRoot = Object.entries(root.metadata ?? {})
  const keysOfRoot = new Set(ofRoot.map(([key]) => key))
  const others = said.filter(([key]) => !keysOfRoot.has(key))
  if (ofRoot.length + others.length > maxMetadataKeys) others.sort(([, one], [, other]) => bySaying(one, other))
  return [...ofRoot, ...others.map(([key, { value }]) => [key, value] as const)].slice(0, maxMetadataKeys)
}

type ScalarField = Exclude<keyof SaidContext, 'tags' | 'metadata'>

const scalarFields = [
  'traceName',
  'sessionId',
  'userId',
  'environment',
  'release',
  'declaredStatus',
] as const satisfies readonly ScalarField[]
const tagMark = 'tag '
const metadataMark = 'meta '

type Said = readonly [what: string, value: JsonValue, place: number]

function sayingsOf(context: SaidContext): readonly Said[] {
  const sayings: Said[] = []
  for (const field of scalarFields) if (context[field]) sayings.push([field, context[field], 0])
  context.tags?.forEach((tag, place) => sayings.push([tagMark + tag, tag, place]))
  for (const [place, [key, value]] of Object.entries(context.metadata ?? {}).entries()) {
    sayings.push([metadataMark + key, value, place])
  }
  return sayings
}
