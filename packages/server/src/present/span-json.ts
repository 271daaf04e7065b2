import { isoTime, type Cost, type Evaluation, type Span, type Usage } from '@tracellm/core'
import { defaultBodyLimit, type CostJson, type SpanJson, type UsageJson } from '@tracellm/core/wire'
import type { SpanRead } from '@tracellm/store'
import { presentSpanContent, presentTools } from './content-json.ts'
import { presentScore } from './score-json.ts'
import { presentStep } from './step-json.ts'
import { presentResource } from './trace-json.ts'
import { dollarsOf, orNull } from './units.ts'

/** One span whole, its bodies cut to `bodyLimit` bytes. */
export function presentSpan(read: SpanRead, bodyLimit: number = defaultBodyLimit): SpanJson {
  const { span, step } = read
  const content = presentSpanContent(read, bodyLimit)
  const { tools, truncated } = presentTools(span, read.bodies.toolDefinitions, bodyLimit)
  return {
    ...presentStep(step, read.traceStartUs),
    trace_id: span.traceId,
    project_id: read.projectId,
    started_at: isoTime(span.startUs),
    ended_at: orNull(span.endUs, isoTime),
    kind: span.kind,
    ...presentCall(span),
    ...content,
    truncated: [...content.truncated, ...truncated],
    tools,
    error_type: span.error?.type ?? null,
    ...presentWork(span),
    evaluations: read.evaluations.map((evaluation) => presentEvaluation(evaluation)),
    scores: read.scores.map((score) => presentScore(score)),
    ...presentOrigin(span),
  }
}

/** What a model call says of itself. */
function presentCall({ call }: Span) {
  return {
    provider: call?.provider ?? null,
    params: call?.params ?? null,
    usage: orNull(call?.usage, presentUsage),
    cost: orNull(call?.cost, presentCost),
    request_model: call?.requestModel ?? null,
    response_model: call?.responseModel ?? null,
    response_id: call?.responseId ?? null,
    finish_reasons: [...(call?.finishReasons ?? [])],
  }
}

export function presentUsage(usage: Usage): UsageJson {
  return {
    input_tokens: usage.inputTokens ?? null,
    output_tokens: usage.outputTokens ?? null,
    cache_read_tokens: usage.cacheReadTokens ?? null,
    cache_write_tokens: usage.cacheWriteTokens ?? null,
    reasoning_tokens: usage.reasoningTokens ?? null,
    modalities: { ...usage.modalities },
  }
}

export function presentCost({ nanoUsd, source, pricedNanoUsd, price }: Cost): CostJson {
  return {
    usd: dollarsOf(nanoUsd),
    source,
    priced_usd: orNull(pricedNanoUsd, dollarsOf),
    price: orNull(price, (used) => ({
      list: used.list,
      provider: used.provider,
      model: used.model,
      input_per_million: orNull(used.inputPerMillion, dollarsOf),
      output_per_million: orNull(used.outputPerMillion, dollarsOf),
      cache_read_per_million: orNull(used.cacheReadPerMillion, dollarsOf),
      cache_write_per_million: orNull(used.cacheWritePerMillion, dollarsOf),
    })),
  }
}

/** What tools, agents, retrievers and prompts say of themselves. */
function presentWork({ tool, agent, retrieval, promptTemplate }: Span) {
  return {
    tool: orNull(tool, ({ name, callId, kind, description }) => ({
      name: name ?? null,
      call_id: callId ?? null,
      kind: kind ?? null,
      description: description ?? null,
    })),
    agent: orNull(agent, ({ name, id, description, version }) => ({
      name: name ?? null,
      id: id ?? null,
      description: description ?? null,
      version: version ?? null,
    })),
    retrieval: orNull(retrieval, ({ query, topK, dataSourceId, documents }) => ({
      query: query ?? null,
      top_k: topK ?? null,
      data_source_id: dataSourceId ?? null,
      documents: [...(documents ?? [])],
    })),
    prompt_template: promptTemplate ?? null,
  }
}

function presentEvaluation({ name, value, label, explanation, annotatorKind, target }: Evaluation) {
  return {
    name,
    value: value ?? null,
    label: label ?? null,
    explanation: explanation ?? null,
    annotator_kind: annotatorKind ?? null,
    target,
  }
}

/** How the span came here, and what of it no rule has used. */
function presentOrigin(span: Span) {
  const { scope, resource, dialects, usedKeys } = span.source
  return {
    original_name: span.originalName ?? null,
    origin: span.origin,
    time_fault: span.timeFault ?? null,
    attributes: span.attributes,
    events: span.events.map(({ name, timeUs, attributes }) => ({
      name,
      time: orNull(timeUs, isoTime),
      attributes,
    })),
    links: span.links.map(({ traceId, spanId, traceState, attributes }) => ({
      trace_id: traceId,
      span_id: spanId,
      trace_state: traceState ?? null,
      attributes,
    })),
    trace_state: span.traceState ?? null,
    flags: span.flags ?? null,
    dropped: {
      attributes: span.dropped?.attributes ?? 0,
      events: span.dropped?.events ?? 0,
      links: span.dropped?.links ?? 0,
    },
    resource: presentResource(resource),
    scope: {
      name: scope.name ?? null,
      version: scope.version ?? null,
      attributes: scope.attributes ?? {},
      schema_url: scope.schemaUrl ?? null,
    },
    dialects: [...dialects],
    used_keys: [...usedKeys],
  }
}
