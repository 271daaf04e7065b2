import { jsonText } from '../../json/json-text.ts'
import type {
  Attributes,
  AttributeValue,
  DecodedResource,
  DecodedScope,
  DecodedSpan,
  DecodedSpanEvent,
} from '../../otlp/index.ts'
import { isSpanId, isTraceId } from '../../ids/ids.ts'
import type { JsonObject } from '../../json/json-value.ts'
import { spanKinds, spanStatuses, type Evaluation, type Span, type SpanType } from '../../span/span.ts'
import { attributeOf, attributesOf } from './attribute-of.ts'
import { emitContent } from './emit-content.ts'

/**
 * Canonical spans as OTLP has them, under the newest names of the conventions whatever dialect they came in. What has
 * no name there goes under the one most tools read; what no rule has used goes out as it came in. Mapping the result
 * gives the same spans again, but for what OTLP cannot say: retries inferred, logs joined, prices.
 * Source: OpenTelemetry GenAI semantic conventions; OTLP specification.
 */
export function emitSpans(spans: readonly Span[]): DecodedSpan[] {
  const sources = new SharedSources()
  return spans.map((span) => emitSpan(span, sources))
}

function emitSpan(span: Span, sources: SharedSources): DecodedSpan {
  return {
    resource: sources.resource(span),
    scope: sources.scope(span),
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentId,
    traceState: span.traceState,
    name: span.name,
    kind: spanKinds.indexOf(span.kind) as DecodedSpan['kind'],
    startUs: span.startUs,
    endUs: span.endUs,
    attributes: spanAttributes(span),
    droppedAttributesCount: span.dropped?.attributes ?? 0,
    events: [...span.events.map(emitEvent), ...evaluationsBeside(span).map(emitEvaluation)],
    droppedEventsCount: span.dropped?.events ?? 0,
    links: span.links.flatMap(({ traceId, spanId, traceState, attributes }) =>
      isTraceId(traceId) && isSpanId(spanId)
        ? [{ traceId, spanId, traceState, attributes: attributesOf(attributes), droppedAttributesCount: 0 }]
        : [],
    ),
    droppedLinksCount: span.dropped?.links ?? 0,
    status: { code: spanStatuses.indexOf(span.status) as 0 | 1 | 2, message: span.error?.message },
    flags: span.flags,
  }
}

/** One object for all spans of a resource or a scope, as the writers group by. */
class SharedSources {
  readonly #resources = new Map<string, DecodedResource>()
  readonly #scopes = new Map<string, DecodedScope>()

  resource({ source: { resource } }: Span): DecodedResource {
    return shared(this.#resources, jsonText(resource.attributes), () => ({
      attributes: attributesOf(resource.attributes),
      droppedAttributesCount: 0,
      schemaUrl: resource.schemaUrl,
    }))
  }

  scope({ source: { scope } }: Span): DecodedScope {
    const { name = '', version = '', attributes = {} } = scope
    return shared(this.#scopes, jsonText([name, version, attributes]), () => ({
      name: scope.name,
      version: scope.version,
      attributes: attributesOf(attributes),
      droppedAttributesCount: 0,
      schemaUrl: scope.schemaUrl,
    }))
  }
}

function shared<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}

/** Names that are left win over nothing: a canonical value is the better knowledge. */
function spanAttributes(span: Span): Attributes {
  const named = { ...emitType(span), ...emitCall(span), ...emitWork(span), ...emitContext(span), ...emitContent(span) }
  const known = Object.entries(named).filter(([, value]) => value !== undefined)
  return { ...attributesOf(span.attributes), ...Object.fromEntries<AttributeValue>(known) }
}

const operations: Partial<Record<SpanType, string>> = {
  llm: 'chat',
  embedding: 'embeddings',
  retriever: 'retrieval',
  reranker: 'rerank',
  tool: 'execute_tool',
  agent: 'invoke_agent',
  chain: 'invoke_workflow',
  event: 'model_chunk',
}

/** Types that the GenAI conventions have no operation for. */
const openInferenceKinds: Partial<Record<SpanType, string>> = {
  guardrail: 'GUARDRAIL',
  evaluator: 'EVALUATOR',
  prompt: 'PROMPT',
}

/** What made the mapper choose the type is among the attributes still, and says it more exactly. */
function emitType({ type, attributes }: Span): Record<string, AttributeValue> {
  const said = attributes['gen_ai.operation.name'] ?? attributes['openinference.span.kind'] ?? undefined
  if (said !== undefined) return {}
  return { 'gen_ai.operation.name': operations[type], 'openinference.span.kind': openInferenceKinds[type] }
}

function emitCall({ call }: Span): Record<string, AttributeValue> {
  if (call === undefined) return {}
  const { usage, cost } = call
  return {
    ...emitParams(call.params),
    'gen_ai.provider.name': call.provider,
    'gen_ai.request.model': call.requestModel,
    'gen_ai.response.model': call.responseModel,
    'gen_ai.response.id': call.responseId,
    'gen_ai.response.finish_reasons': call.finishReasons,
    'gen_ai.response.time_to_first_chunk': inSeconds(call.timeToFirstUs),
    'gen_ai.usage.input_tokens': usage?.inputTokens,
    'gen_ai.usage.output_tokens': usage?.outputTokens,
    'gen_ai.usage.cache_read.input_tokens': usage?.cacheReadTokens,
    'gen_ai.usage.cache_write.input_tokens': usage?.cacheWriteTokens,
    'gen_ai.usage.reasoning.output_tokens': usage?.reasoningTokens,
    // A price of ours is not the client's word, and would be taken for it.
    'gen_ai.usage.cost': cost?.source === 'reported' ? cost.nanoUsd / 1e9 : undefined,
  }
}

/** Parameters that the GenAI conventions name, and what stands behind `gen_ai.request.` there. */
const paramKeys: Readonly<Record<string, string>> = {
  temperature: 'temperature',
  top_p: 'top_p',
  top_k: 'top_k',
  max_tokens: 'max_tokens',
  max_completion_tokens: 'max_completion_tokens',
  stop_sequences: 'stop_sequences',
  seed: 'seed',
  frequency_penalty: 'frequency_penalty',
  presence_penalty: 'presence_penalty',
  choice_count: 'choice.count',
  stream: 'stream',
  reasoning_level: 'reasoning.level',
  encoding_formats: 'encoding_formats',
  previous_response_id: 'previous_response.id',
  service_tier: 'service_tier',
}

/** Parameters without a name of their own go together, as OpenInference has them. */
function emitParams(params: JsonObject = {}): Record<string, AttributeValue> {
  const all = Object.entries(params)
  const named = all.filter(([name]) => Object.hasOwn(paramKeys, name))
  const others = all.filter(([name]) => !Object.hasOwn(paramKeys, name))
  return {
    ...Object.fromEntries(named.map(([name, value]) => [`gen_ai.request.${paramKeys[name]}`, attributeOf(value)])),
    'llm.invocation_parameters': others.length === 0 ? undefined : jsonText(Object.fromEntries(others)),
  }
}

function inSeconds(us: number | undefined): number | undefined {
  return us === undefined ? undefined : us / 1e6
}

function emitWork({ tool, agent, retrieval, promptTemplate, error }: Span): Record<string, AttributeValue> {
  return {
    'gen_ai.tool.name': tool?.name,
    'gen_ai.tool.call.id': tool?.callId,
    'gen_ai.tool.type': tool?.kind,
    'gen_ai.tool.description': tool?.description,
    'gen_ai.agent.name': agent?.name,
    'gen_ai.agent.id': agent?.id,
    'gen_ai.agent.description': agent?.description,
    'gen_ai.agent.version': agent?.version,
    'gen_ai.retrieval.query.text': retrieval?.query,
    'gen_ai.retrieval.top_k': retrieval?.topK,
    'gen_ai.data_source.id': retrieval?.dataSourceId,
    'gen_ai.retrieval.documents': retrieval?.documents === undefined ? undefined : jsonText(retrieval.documents),
    'error.type': error?.type,
    ...emitTemplate(promptTemplate),
  }
}

function emitTemplate(template: Span['promptTemplate']): Record<string, AttributeValue> {
  if (template === undefined) return {}
  const { name, version, template: text, variables } = template
  return {
    'gen_ai.prompt.name': attributeOf(name ?? null),
    'gen_ai.prompt.version': attributeOf(version ?? null),
    'llm.prompt_template.template': attributeOf(text ?? null),
    'llm.prompt_template.variables': variables === undefined ? undefined : jsonText(variables),
  }
}

function emitContext({ context }: Span): Record<string, AttributeValue> {
  return {
    'gen_ai.conversation.id': context.sessionId,
    'session.id': context.sessionId,
    'user.id': context.userId,
    'tag.tags': context.tags,
    metadata: context.metadata === undefined ? undefined : jsonText(context.metadata),
    'deployment.environment.name': context.environment,
    'langfuse.release': context.release,
    'langfuse.trace.name': context.traceName,
  }
}

function emitEvent({ name, timeUs, attributes }: Span['events'][number]): DecodedSpanEvent {
  return { name, timeUs, attributes: attributesOf(attributes), droppedAttributesCount: 0 }
}

/** Evaluations that came as events are among the events still. */
function evaluationsBeside({ evaluations = [], events }: Span): readonly Evaluation[] {
  const told = new Set(events.map(({ attributes }) => attributes['gen_ai.evaluation.name']))
  return evaluations.filter(({ name }) => !told.has(name))
}

function emitEvaluation({ name, value, label, explanation }: Evaluation): DecodedSpanEvent {
  const said = { name, 'score.value': value, 'score.label': label, explanation }
  const known = Object.entries(said).filter(([, field]) => field !== undefined)
  const attributes = Object.fromEntries<AttributeValue>(
    known.map(([key, field]) => [`gen_ai.evaluation.${key}`, field]),
  )
  return { name: 'gen_ai.evaluation.result', attributes, droppedAttributesCount: 0 }
}
