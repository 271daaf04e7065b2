/** A small agent trace whose totals are known, as OTLP/JSON spans. */
export interface SmallTrace {
  readonly traceId: string
  readonly spans: readonly SmallSpan[]
}

export interface SmallSpan {
  readonly spanId: string
  readonly json: Record<string, unknown>
}

const models = ['gpt-5', 'claude-sonnet-4-5', 'made-up-model']

/**
 * Makes trace `number` of a run: an agent, its model calls and tools, some of them failed. The same number is the same
 * trace; times lie within the hours before `nowMs`.
 */
export function smallTrace(run: number, number: number, nowMs: number): SmallTrace {
  const traceId = hex(run, 8) + hex(number, 24)
  const startMs = nowMs - ((number * 7919) % 7_200_000)
  const calls = 1 + (number % 4)
  const root = span(traceId, 0, undefined, 'agent', startMs, 100 * (calls + 1), {
    'gen_ai.operation.name': 'invoke_agent',
  })
  const steps = Array.from({ length: calls }, (_, index) => {
    const atMs = startMs + 100 * index
    const model = models[(number + index) % models.length]!
    const call = span(traceId, 1 + 2 * index, root.spanId, 'chat', atMs, 60, {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': model,
      'gen_ai.usage.input_tokens': 100 + (number % 50),
      'gen_ai.usage.output_tokens': 10 + index,
      'gen_ai.input.messages': JSON.stringify([
        { role: 'user', parts: [{ type: 'text', content: `question ${number}.${index}` }] },
      ]),
    })
    const tool = span(
      traceId,
      2 + 2 * index,
      root.spanId,
      'execute_tool search',
      atMs + 60,
      30,
      {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'search',
      },
      (number + index) % 9 === 0,
    )
    return [call, tool]
  })
  return { traceId, spans: [...steps.flat(), root] }
}

/** An export request of these spans, as JSON. */
export function exportRequest(spans: readonly SmallSpan[]): string {
  const resource = { attributes: attributesOf({ 'service.name': 'soak' }) }
  return JSON.stringify({
    resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'soak' }, spans: spans.map(({ json }) => json) }] }],
  })
}

function span(
  traceId: string,
  index: number,
  parentSpanId: string | undefined,
  name: string,
  startMs: number,
  lengthMs: number,
  attributes: Record<string, string | number>,
  failed = false,
): SmallSpan {
  const spanId = traceId.slice(-12) + hex(index + 1, 4)
  const json = {
    traceId,
    spanId,
    parentSpanId,
    name,
    kind: 1,
    startTimeUnixNano: `${startMs}000000`,
    endTimeUnixNano: `${startMs + lengthMs}000000`,
    attributes: attributesOf(attributes),
    status: failed ? { code: 2, message: `failed at ${index}` } : {},
  }
  return { spanId, json }
}

function attributesOf(values: Record<string, string | number>) {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: value } : { stringValue: value },
  }))
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0')
}
