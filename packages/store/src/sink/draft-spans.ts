import { spanSummary, type JsonObject, type LogEvent, type Span, type SpanId, type SpanSource } from '@tracellm/core'
import {
  canonicalJson,
  digestOf,
  keysOfRefs,
  shortDigestOf,
  splitSpan,
  type Body,
  type RecentMessages,
  type Refs,
  type SplitContext,
} from '../bodies/index.ts'
import { callKeyOfSpan, factsOf, shownTexts, textsToShow, type ShownTexts, type SpanFacts } from '../derive/index.ts'
import type { WriteGroup } from '../port/write-batch.ts'
import type { BatchBodies } from './batch-bodies.ts'
import type { ByteArena } from './byte-arena.ts'
import { splitLogEvent } from './draft-logs.ts'
import type { ByteRange, ContextDraft, DraftGroup, LogDraft, ShownDraft, SpanDraft } from './draft.ts'

/** Keys used up by the mapping are the same for most spans of a client, and then kept once; long lists are the span's own. */
const maxSharedKeys = 40

/** What of a source is sent, as places in `shared`. */
interface SharedSource {
  readonly resource: number
  readonly source: number
  readonly hasUsedKeys: boolean
  readonly digest: number
}

/** Turns the groups of one batch into drafts of rows. What spans share is sent once: `shared` and `contexts` grow. */
export class SpanDrafter {
  readonly shared: string[] = []
  readonly contexts: ContextDraft[] = []
  readonly #recent: RecentMessages
  readonly #bodies: BatchBodies
  readonly #arena: ByteArena
  readonly #sharedPlaces = new Map<string, number>()
  readonly #sources = new Map<SpanSource, SharedSource>()
  readonly #contextPlaces = new Map<string, number>()

  constructor(recent: RecentMessages, bodies: BatchBodies, arena: ByteArena) {
    this.#recent = recent
    this.#bodies = bodies
    this.#arena = arena
  }

  draftGroup(group: WriteGroup): DraftGroup {
    const { projectId, fixed, environment } = group
    const known = new Set(group.spans.map((span) => span.spanId))
    const spans = group.spans.map((span) =>
      this.#draft(
        projectId,
        environment === undefined ? span : { ...span, context: { ...span.context, environment } },
        known,
      ),
    )
    const logEvents = group.logEvents.map((event) =>
      this.#draftLogEvent(projectId, environment === undefined ? event : { ...event, environment }),
    )
    return { projectId, fixed, environment, spans, logEvents }
  }

  #draft(projectId: string, span: Span, known: ReadonlySet<SpanId>): SpanDraft {
    const { refs, rest, context } = splitSpan(span, this.#recent)
    const { texts, shown } = textsToShow(span)
    const facts = { ...factsOf(span, texts), context: undefined }
    const source = this.#sourceOf(span.source)
    const wholeRest = source.hasUsedKeys ? rest : withUsedKeys(rest, span.source.usedKeys)
    return {
      traceId: span.traceId,
      facts,
      kind: span.kind,
      isFromLog: span.origin === 'log',
      weight: Object.keys(span.attributes).length + span.source.usedKeys.length,
      digest: shortDigestOf(
        `${narrowText(facts, span)}\n${source.digest}\n${wholeRest}\n${hashText(refs)}\n${
          context === undefined ? '' : context.rest + hashText(context.refs)
        }`,
      ),
      callKey: callKeyOfSpan(span),
      summary: this.#textRange(spanSummary(span)),
      resource: source.resource,
      source: source.source,
      context: context && this.#contextPlace(projectId, context),
      refs: this.#bodies.places(projectId, refs),
      rest: this.#arena.add(Buffer.from(wholeRest)),
      shown: mayBeShown(span, known) ? this.#shownDraft(shown) : undefined,
    }
  }

  /** As bytes: a text that was cut out of another holds all of that until its batch is written. */
  #textRange(text: string | undefined): ByteRange | undefined {
    return text === undefined ? undefined : this.#arena.add(Buffer.from(text))
  }

  #shownDraft(shown: ShownTexts): ShownDraft {
    const draft: { -readonly [Text in keyof ShownDraft]: ShownDraft[Text] } = {}
    for (const which of shownTexts) {
      const cut = shown[which]
      if (cut !== undefined) draft[which] = { range: this.#textRange(cut.text)!, isCut: cut.isCut }
    }
    return draft
  }

  #draftLogEvent(projectId: string, event: LogEvent): LogDraft {
    const { digest, callKey, record, refs, rest } = splitLogEvent(event, this.#recent)
    return {
      traceId: event.traceId,
      sessionId: event.sessionId,
      callKey,
      digest,
      record,
      refs: this.#bodies.places(projectId, refs),
      resource: this.#placeOfText(canonicalJson(event.resource as object as JsonObject)),
      rest: this.#arena.add(Buffer.from(rest)),
    }
  }

  /** Spans of one sender share the object, so that its JSON is written once. */
  #sourceOf(source: SpanSource): SharedSource {
    const known = this.#sources.get(source)
    if (known !== undefined) return known
    const { resource, usedKeys, ...others } = source
    const hasUsedKeys = usedKeys.length <= maxSharedKeys
    const resourceText = canonicalJson(resource as object as JsonObject)
    const text = canonicalJson({ ...others, usedKeys: hasUsedKeys ? usedKeys : [] } as object as JsonObject)
    const shared = {
      resource: this.#placeOfText(resourceText),
      source: this.#placeOfText(text),
      hasUsedKeys,
      digest: digestOf(`${resourceText}\n${text}`),
    }
    this.#sources.set(source, shared)
    return shared
  }

  #placeOfText(text: string): number {
    const known = this.#sharedPlaces.get(text)
    if (known !== undefined) return known
    const place = this.shared.push(text) - 1
    this.#sharedPlaces.set(text, place)
    return place
  }

  #contextPlace(projectId: string, { refs, rest }: SplitContext): number {
    const key = rest + hashText(refs)
    const known = this.#contextPlaces.get(key)
    if (known !== undefined) return known
    const place = this.contexts.push({ refs: this.#bodies.places(projectId, refs), rest }) - 1
    this.#contextPlaces.set(key, place)
    return place
  }
}

function withUsedKeys(rest: string, usedKeys: readonly string[]): string {
  return `${rest.slice(0, -1)},"usedKeys":${canonicalJson(usedKeys)}}`
}

function narrowText(facts: SpanFacts, { kind, origin }: Span): string {
  const { name, type, status, parentId, startUs, endUs, declaredAttempt } = facts
  return `${name}\n${type} ${status} ${kind} ${origin} ${parentId} ${startUs} ${endUs} ${declaredAttempt}`
}

/** The hashes of all bodies that are referred to, one after the other. */
function hashText(refs: Refs<Body>): string {
  let text = ''
  for (const body of keysOfRefs(refs)) text += body.hash
  return text
}

/**
 * A trace shows the texts of its root, of what stands for it, and of its first and last model call; those of any other
 * span are read from the store in the rare case that they are needed.
 */
function mayBeShown(span: Span, known: ReadonlySet<SpanId>): boolean {
  const { parentId, context } = span
  return (
    span.type === 'llm' ||
    parentId === undefined ||
    !known.has(parentId) ||
    context.traceInput !== undefined ||
    context.traceOutput !== undefined
  )
}
