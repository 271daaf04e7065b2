import type {
  AgentInfo,
  LogEvent,
  ModelCall,
  Resource,
  Retrieval,
  Span,
  SpanError,
  SpanSource,
  StandIn,
  ToolUse,
  TraceContext,
} from '@tracellm/core'
import { shortId, shortName } from '../../short-text.ts'
import { boundEvaluations, boundMetadata, boundTags } from './bound-lists.ts'
import { boundTexts, textRows } from './bound-texts.ts'
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

/** Attributes of a resource that are more than attributes: who sent it. */
const senderKeys = ['service.name', 'service.instance.id', 'host.name']

/**
 * Keeps the short texts of the spans and log records of one request short, as `longest-texts.ts` of core says: what
 * stands in lists, live events and dictionaries passes by here. Nothing is refused, and what was cut is whole among the
 * attributes, as `tracellm.whole.session_id`.
 *
 * Nearly nothing is ever too long, and then the very object is given back after some comparisons of lengths. Secrets
 * have to be taken out before: cut in two, they would match no pattern.
 */
export class TextBounds {
  /** Texts that were cut, and tags and metadata that were left out. */
  cutTexts = 0
  readonly #resources = new Map<Resource, Resource>()
  readonly #sources = new Map<SpanSource, SpanSource>()

  span(span: Span): Span {
    const cuts = new Cuts()
    const { call, tool, agent, retrieval, error, evaluations } = span
    const source = this.#source(span.source)
    const named = boundTexts(span, spanTexts, cuts)
    const bound = {
      call: call && boundTexts(call, callTexts, cuts),
      tool: tool && boundTexts(tool, toolTexts, cuts),
      agent: agent && boundTexts(agent, agentTexts, cuts),
      retrieval: retrieval && boundTexts(retrieval, retrievalTexts, cuts),
      error: error && boundTexts(error, errorTexts, cuts),
      evaluations: evaluations && boundEvaluations(evaluations, cuts),
      context: boundContext(span.context, cuts),
    }
    if (cuts.count === 0) return source === span.source ? span : { ...span, source }
    this.cutTexts += cuts.count
    return { ...named, ...bound, source, attributes: cuts.addTo(span.attributes) }
  }

  logEvent(event: LogEvent): LogEvent {
    const cuts = new Cuts()
    const { call, error, standsFor, evaluations } = event
    const resource = this.#resource(event.resource)
    const named = boundTexts(event, eventTexts, cuts)
    const bound = {
      ...(call && { call: boundTexts(call, callTexts, cuts) }),
      ...(error && { error: boundTexts(error, errorTexts, cuts) }),
      ...(standsFor && { standsFor: boundTexts(standsFor, standInTexts, cuts) }),
      ...(evaluations && { evaluations: boundEvaluations(evaluations, cuts) }),
    }
    if (cuts.count === 0) return resource === event.resource ? event : { ...event, resource }
    this.cutTexts += cuts.count
    return { ...named, ...bound, resource, attributes: cuts.addTo(event.attributes) }
  }

  /** The name of a metric, which is counted. */
  metricName(name: string): string {
    const short = shortId(name)
    if (short !== name) this.cutTexts += 1
    return short
  }

  /** Spans of one sender go on sharing the object. */
  #source(source: SpanSource): SpanSource {
    const resource = this.#resource(source.resource)
    if (resource === source.resource) return source
    const known = this.#sources.get(source) ?? { ...source, resource }
    this.#sources.set(source, known)
    return known
  }

  #resource(resource: Resource): Resource {
    const known = this.#resources.get(resource)
    if (known !== undefined) return known
    const bound = this.#boundResource(resource)
    this.#resources.set(resource, bound)
    return bound
  }

  #boundResource(resource: Resource): Resource {
    const cuts = new Cuts()
    const short: { [key: string]: string } = {}
    for (const key of senderKeys) {
      const text = resource.attributes[key]
      if (typeof text !== 'string') continue
      short[key] = shortId(text)
      if (short[key] !== text) cuts.keep(key, text)
    }
    if (cuts.count === 0) return resource
    this.cutTexts += cuts.count
    return { ...resource, attributes: { ...cuts.addTo(resource.attributes), ...short } }
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
