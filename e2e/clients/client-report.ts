import type { Client } from '@tracellm/client'
import type { MessageJson, StepWithBodiesJson, TraceDetailJson } from '@tracellm/core/wire'

/** What a project holds of one run of a client's program, in the order in which it happened. */
export interface ClientReport {
  readonly traces: readonly TraceReport[]
  readonly calls: readonly CallReport[]
  readonly tools: readonly ToolReport[]
  readonly totals: TotalsReport
}

export interface TraceReport {
  readonly status: string
  readonly provider: string | null
  readonly session: string | null
  readonly user: string | null
  readonly tags: readonly string[]
  readonly tenant: unknown
}

/** One call to a model, however many spans its library makes of it. */
export interface CallReport {
  readonly type: string
  readonly model: string | null
  /** A line for each message that went in and came out; of an embedding, the text. */
  readonly said: readonly string[]
  readonly tokens: TokenReport
  readonly error: string | null
}

export interface TokenReport {
  readonly input: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly output: number
  readonly reasoning: number
}

export interface ToolReport {
  readonly name: string | null
  readonly input: unknown
  readonly output: unknown
}

/** What analytics say, which count each real call once. */
export interface TotalsReport extends TokenReport {
  readonly calls: number
  readonly toolCalls: number
  readonly failedTraces: number
}

export async function readReport(client: Client): Promise<ClientReport> {
  const { items } = await client.listTraces({ limit: 200 })
  const oldestFirst = items.toReversed()
  const traces = await Promise.all(oldestFirst.map((trace) => client.readTrace(trace.trace_id, { include: 'bodies' })))
  const steps = traces.map((trace) => trace.steps as StepWithBodiesJson[])
  return {
    traces: traces.map(reportTrace),
    calls: steps.flatMap(reportCalls),
    tools: steps.flatMap((ofTrace) => ofTrace.filter(({ type }) => type === 'tool').map(reportTool)),
    totals: await reportTotals(client),
  }
}

function reportTrace({ status, provider, session_id, user_id, tags, metadata }: TraceDetailJson): TraceReport {
  return { status, provider, session: session_id, user: user_id, tags, tenant: metadata['tenant'] ?? null }
}

const callTypes = new Set(['llm', 'embedding'])

/** Spans of calls within each other are one call; the outer one and the inner one each know a part of it. */
function reportCalls(steps: readonly StepWithBodiesJson[]): CallReport[] {
  const callSteps = steps.filter(({ type }) => callTypes.has(type))
  const isCall = new Set(callSteps.map(({ step_id }) => step_id))
  return callSteps
    .filter(({ parent_id }) => parent_id === null || !isCall.has(parent_id))
    .map((outer) => reportCall([outer, ...callSteps.filter(({ parent_id }) => parent_id === outer.step_id)]))
}

function reportCall(nest: readonly StepWithBodiesJson[]): CallReport {
  const [outer] = nest as [StepWithBodiesJson]
  const first = (read: (step: StepWithBodiesJson) => number | null) =>
    nest.map(read).find((count) => count !== null) ?? 0
  return {
    type: outer.type,
    model: outer.model_name,
    said: saidIn(outer),
    tokens: {
      input: first((step) => step.input_tokens),
      cacheRead: first((step) => step.cache_read_tokens),
      cacheWrite: first((step) => step.cache_write_tokens),
      output: first((step) => step.output_tokens),
      reasoning: first((step) => step.reasoning_tokens),
    },
    error: outer.error,
  }
}

function saidIn({ type, messages, input }: StepWithBodiesJson): string[] {
  if (type !== 'embedding') return messages.map(messageLine)
  return input === null ? [] : [input].flat().map(String)
}

/** `user: What is the weather in Lisbon?` */
function messageLine({ role, parts }: MessageJson): string {
  return `${role}: ${parts.map(partText).join(' ')}`
}

function partText(part: MessageJson['parts'][number]): string {
  switch (part['type']) {
    case 'text':
      return jsonText(part['text'])
    case 'toolCall':
      return `${jsonText(part['name'])}(${jsonText(part['args'])})`
    case 'toolResult':
      return jsonText(part['result'])
    default:
      return JSON.stringify(part)
  }
}

/** The same text whether a library sends JSON as a value or as text. */
function jsonText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function reportTool({ tool_name, input, output }: StepWithBodiesJson): ToolReport {
  return { name: tool_name, input, output }
}

async function reportTotals(client: Client): Promise<TotalsReport> {
  const { summary } = await client.readAnalytics()
  return {
    calls: summary.llm_calls,
    toolCalls: summary.tool_calls,
    failedTraces: summary.failed_traces,
    input: summary.input_tokens,
    cacheRead: summary.cache_read_tokens,
    cacheWrite: summary.cache_write_tokens,
    output: summary.output_tokens,
    reasoning: summary.reasoning_tokens,
  }
}
