import type {
  AgentInfo,
  JsonObject,
  LogEvent,
  ModelCall,
  Retrieval,
  Span,
  SpanError,
  StandIn,
  ToolUse,
  TraceContext,
} from '@tracellm/core'
import { shortId, shortName } from '../../short-text.ts'
import { boundEvaluations, boundMetadata, boundTags } from './bound-lists.ts'
import { boundEvents, boundKeys, boundLinks } from './bound-attributes.ts'
import { boundTexts, textRows } from './bound-texts.ts'
import { SourceBounds } from './bound-source.ts'
import { Cuts } from './cuts.ts'

// Which texts are short, and how they are made so: names are read, all else tells one thing from another. What is not
// here is content, or stands in one span alone.
const spanTexts = textRows<Span>('', { name: shortName, originalName: shortName })
const callTexts = textRows<ModelCall>('', {
  provider: shortId,
  requestModel: shortId,
  responseModel: shortId,
  responseId: shortId,
})
const toolTexts = textRows<ToolUse>('tool_', { name: shortId, callId: shortId, kind: shortName })
const agentTexts = textRows<AgentInfo>('agent_', { name: shortName, id: shortId, version: shortId })
const retrievalTexts = textRows<Retrieval>('', { dataSourceId: shortId })
const errorTexts = textRows<SpanError>('error_', { type: shortId })
const contextTexts = textRows<TraceContext>('', {
  sessionId: shortId,
  userId: shortId,
  environment: shortId,
  release: shortId,
  traceName: shortName,
})
const eventTexts = textRows<LogEvent>('', {
  name: shortName,
  sessionId: shortId,
  userId: shortId,
  environment: shortId,
  release: shortId,
  promptId: shortId,
  requestId: shortId,
  toolCallId: shortId,
})
const standInTexts = textRows<StandIn>('step_', { name: shortId })

const templateTexts = textRows<JsonObject>('template_', {
  name: shortId,
  id: shortId,
  version: shortId,
  vendor: shortId,
})

/**
 * Keeps the short texts of the spans and log records of one request short, as `longest-texts.ts` of core says: what
 * stands in lists, live events and dictionaries passes by here, and so do names of events, scopes and prompt templates and
 * the keys of attributes, which are read by people. Nothing is refused, and what was cut is whole among the
 * attributes, as `tracellm.whole.session_id`.
 *
 * Nearly nothing is ever too long, and then the very object is given back after some comparisons of lengths. Secrets
 * have to be taken out before: cut in two, they would match no pattern.
 */
export class TextBounds {
  readonly #sources = new SourceBounds()
  #cutTexts = 0

  /** Texts that were cut, and tags and metadata that were left out. */
  get cutTexts(): number {
    return this.#cutTexts + this.#sources.cutTexts
  }

  span(span: Span): Span {
    const cuts = new Cuts()
    const { call, tool, agent, retrieval, error, evaluations, promptTemplate: template } = span
    const source = this.#sources.source(span.source)
    const attributes = boundKeys(span.attributes, cuts)
    const named = boundTexts(span, spanTexts, cuts)
    const bound = {
      call: call && boundTexts(call, callTexts, cuts),
      tool: tool && boundTexts(tool, toolTexts, cuts),
      agent: agent && boundTexts(agent, agentTexts, cuts),
      retrieval: retrieval && boundTexts(retrieval, retrievalTexts, cuts),
      error: error && boundTexts(error, errorTexts, cuts),
      evaluations: evaluations && boundEvaluations(evaluations, cuts),
      context: boundContext(span.context, cuts),
      promptTemplate: template && boundTexts(template, templateTexts, cuts),
      events: boundEvents(span.events, cuts),
      links: boundLinks(span.links, cuts),
    }
    if (cuts.count === 0) return source === span.source ? span : { ...span, source }
    this.#cutTexts += cuts.count
    return { ...named, ...bound, source, attributes: cuts.addTo(attributes) }
  }

  logEvent(event: LogEvent): LogEvent {
    const cuts = new Cuts()
    const { call, error, standsFor, evaluations } = event
    const source = { resource: this.#sources.resource(event.resource), scope: this.#sources.scope(event.scope) }
    const attributes = boundKeys(event.attributes, cuts)
    const named = boundTexts(event, eventTexts, cuts)
    const bound = {
      ...(call && { call: boundTexts(call, callTexts, cuts) }),
      ...(error && { error: boundTexts(error, errorTexts, cuts) }),
      ...(standsFor && { standsFor: boundTexts(standsFor, standInTexts, cuts) }),
      ...(evaluations && { evaluations: boundEvaluations(evaluations, cuts) }),
    }
    if (cuts.count === 0) {
      const isShort = source.resource === event.resource && source.scope === event.scope
      return isShort ? event : { ...event, ...source }
    }
    this.#cutTexts += cuts.count
    return { ...named, ...bound, ...source, attributes: cuts.addTo(attributes) }
  }

  /** The name of a metric, which is counted. */
  metricName(name: string): string {
    const short = shortId(name)
    if (short !== name) this.#cutTexts += 1
    return short
  }
}

function boundContext(context: TraceContext, cuts: Cuts): TraceContext {
  const { tags, metadata } = context
  const named = boundTexts(context, contextTexts, cuts)
  const shortTags = tags && boundTags(tags, cuts)
  const shortMetadata = metadata && boundMetadata(metadata, cuts)
  if (shortTags === tags && shortMetadata === metadata) return named
  return { ...named, tags: shortTags, metadata: shortMetadata }
}
