import type { Client } from '@tracellm/client'
import type { Acknowledged } from './load.ts'

/** What is wrong with a store, in words; empty when nothing is. */
export async function findFaults(client: Client, acknowledged: Acknowledged): Promise<string[]> {
  const recount = await recountTraces(client)
  return [...lostSpans(acknowledged, recount.spansOfTrace), ...recount.faults, ...(await wrongRollups(client, recount))]
}

interface Recount {
  readonly spansOfTrace: ReadonlyMap<string, readonly string[]>
  readonly sums: Sums
  readonly bucketTraces: ReadonlyMap<string, number>
  readonly faults: readonly string[]
}

interface Sums {
  total_traces: number
  llm_calls: number
  tool_calls: number
  input_tokens: number
  output_tokens: number
  error_spans: number
  unpriced_calls: number
  total_cost_usd: number
}

/** Reads every trace span by span and adds up what the spans say, with nothing taken from totals or rollups. */
async function recountTraces(client: Client): Promise<Recount> {
  const spansOfTrace = new Map<string, string[]>()
  const bucketTraces = new Map<string, number>()
  const faults: string[] = []
  const sums: Sums = {
    total_traces: 0,
    llm_calls: 0,
    tool_calls: 0,
    input_tokens: 0,
    output_tokens: 0,
    error_spans: 0,
    unpriced_calls: 0,
    total_cost_usd: 0,
  }
  for await (const { trace_id: traceId } of everyTrace(client)) {
    const trace = await client.readTrace(traceId)
    const { steps } = trace
    spansOfTrace.set(
      traceId,
      steps.map((step) => step.step_id),
    )
    if (steps.length !== trace.span_count)
      faults.push(`${traceId} has ${steps.length} spans and says ${trace.span_count}`)
    const calls = steps.filter((step) => step.type === 'llm')
    const tokens = calls.reduce((sum, call) => sum + (call.input_tokens ?? 0) + (call.output_tokens ?? 0), 0)
    if (tokens !== trace.token_count) faults.push(`${traceId} has ${tokens} tokens and says ${trace.token_count}`)
    sums.total_traces += 1
    sums.llm_calls += calls.length
    sums.tool_calls += steps.filter((step) => step.type === 'tool').length
    sums.input_tokens += calls.reduce((sum, call) => sum + (call.input_tokens ?? 0), 0)
    sums.output_tokens += calls.reduce((sum, call) => sum + (call.output_tokens ?? 0), 0)
    sums.error_spans += steps.filter((step) => step.status === 'error').length
    sums.unpriced_calls += calls.filter((call) => call.cost_usd === null).length
    sums.total_cost_usd += calls.reduce((sum, call) => sum + (call.cost_usd ?? 0), 0)
    const hour = `${trace.started_at.slice(0, 13)}:00`
    bucketTraces.set(hour, (bucketTraces.get(hour) ?? 0) + 1)
  }
  return { spansOfTrace, sums, bucketTraces, faults }
}

async function* everyTrace(client: Client) {
  let cursor: string | undefined
  do {
    const page = await client.listTraces({ limit: 200, cursor })
    yield* page.items
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
}

function* lostSpans(acknowledged: Acknowledged, stored: ReadonlyMap<string, readonly string[]>): Generator<string> {
  for (const [traceId, spans] of stored) {
    if (new Set(spans).size !== spans.length) yield `${traceId} has a span twice`
  }
  for (const [traceId, spanIds] of acknowledged) {
    const there = new Set(stored.get(traceId))
    const lost = [...spanIds].filter((spanId) => !there.has(spanId))
    if (lost.length > 0) yield `${traceId} lost ${lost.length} acknowledged spans, ${lost[0]} among them`
  }
}

async function wrongRollups(client: Client, { sums, bucketTraces }: Recount): Promise<string[]> {
  const faults: string[] = []
  const { summary, charts, status_breakdown: statuses } = await client.readAnalytics({ interval: 'hour' })
  for (const [name, expected] of Object.entries(sums)) {
    const actual = summary[name as keyof Sums] ?? 0
    if (Math.abs(actual - expected) > 1e-6 * Math.max(1, expected))
      faults.push(`analytics say ${name} ${actual}, the spans say ${expected}`)
  }
  // Traces that run are not in the charts of finished ones; all others are, in the hour they start.
  const charted = charts.reduce((sum, bucket) => sum + bucket.traces, 0)
  if (charted !== sums.total_traces) faults.push(`the charts hold ${charted} traces, there are ${sums.total_traces}`)
  for (const bucket of charts) {
    const expected = bucketTraces.get(bucket.label.slice(0, 13) + ':00') ?? 0
    if (bucket.traces !== expected)
      faults.push(`the chart of ${bucket.label} holds ${bucket.traces} traces, ${expected} start there`)
  }
  const counted = statuses.reduce((sum, row) => sum + row.count, 0)
  if (counted !== sums.total_traces)
    faults.push(`the statuses add up to ${counted} traces, there are ${sums.total_traces}`)
  return faults
}
