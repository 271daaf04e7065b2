import { randomBytes } from 'node:crypto'

/** One span as a client makes it up; times in milliseconds after the start of its trace. */
export interface SampleSpan {
  readonly id: string
  readonly parent?: string
  readonly name: string
  readonly at: number
  /** Left out, the span is open. */
  readonly for?: number
  readonly error?: string
  readonly attributes?: Readonly<Record<string, unknown>>
}

/** Sends spans of one trace as OTLP/JSON; `startMs` is that of the trace. */
export async function sendSpans(url: string, traceId: string, startMs: number, spans: readonly SampleSpan[]) {
  const resource = { attributes: attributesOf({ 'service.name': 'shop-agent' }) }
  const scopeSpans = [{ scope: { name: 'sample' }, spans: spans.map((span) => spanJson(traceId, startMs, span)) }]
  const answer = await fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans }] }),
  })
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
}

/** Sends a new trace, begun a minute ago unless `startMs` says otherwise, and gives the address of its page. */
export async function sendTrace(url: string, spans = agentSpans(), startMs = Date.now() - 60_000): Promise<string> {
  const traceId = randomBytes(16).toString('hex')
  await sendSpans(url, traceId, startMs, spans)
  return `${url}/traces/${traceId}`
}

/** An id of as many characters, one for each number from 1 on. */
export function sampleId(number: number, length: 16 | 32): string {
  return number.toString(16).padStart(length, '0')
}

export const question = 'Where is my parcel?'
export const answer = 'It will be with you tomorrow.'

/** An agent that asks a model, calls a tool, which fails once, and asks again. */
export function agentSpans(): SampleSpan[] {
  const ask = { role: 'user', parts: [{ type: 'text', content: question }] }
  const callPart = { type: 'tool_call', id: 'call_1', name: 'find_order', arguments: { order: '55-20417' } }
  const result = { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: 'on its way' }] }
  const call = { role: 'assistant', parts: [callPart] }
  const said = { role: 'assistant', parts: [{ type: 'text', content: answer }] }
  const tool = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'find_order' }
  const args = { 'gen_ai.tool.call.arguments': JSON.stringify({ order: '55-20417', carrier: { name: 'Post' } }) }
  const agent = { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'answer-question' }
  return [
    {
      id: id(1),
      name: 'invoke_agent',
      at: 0,
      for: 4000,
      attributes: { ...agent, ...inputOf(ask), 'session.id': 's-1' },
    },
    { id: id(2), parent: id(1), name: 'chat', at: 10, for: 900, attributes: chat(820, 24, [ask], call) },
    {
      id: id(3),
      parent: id(1),
      name: 'execute_tool',
      at: 920,
      for: 40,
      error: 'the carrier does not answer',
      attributes: { ...tool, ...args },
    },
    {
      id: id(4),
      parent: id(1),
      name: 'execute_tool',
      at: 1000,
      for: 60,
      attributes: { ...tool, ...args, 'gen_ai.tool.call.result': 'on its way' },
    },
    {
      id: id(5),
      parent: id(1),
      name: 'chat',
      at: 1100,
      for: 2800,
      attributes: chat(1400, 40, [ask, call, result], said),
    },
  ]
}

const id = (number: number) => sampleId(number, 16)

function chat(input: number, output: number, messages: readonly unknown[], said: unknown) {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-5-mini',
    'gen_ai.provider.name': 'openai',
    'gen_ai.usage.input_tokens': input,
    'gen_ai.usage.output_tokens': output,
    'gen_ai.input.messages': JSON.stringify(messages),
    'gen_ai.output.messages': JSON.stringify([said]),
  }
}

function inputOf(message: unknown) {
  return { 'gen_ai.input.messages': JSON.stringify([message]) }
}

function spanJson(traceId: string, startMs: number, span: SampleSpan) {
  const nanoseconds = (ms: number) => `${Math.round((startMs + ms) * 1000)}000`
  return {
    traceId,
    spanId: span.id,
    parentSpanId: span.parent,
    name: span.name,
    kind: 1,
    startTimeUnixNano: nanoseconds(span.at),
    ...(span.for !== undefined && { endTimeUnixNano: nanoseconds(span.at + span.for) }),
    status: span.error === undefined ? {} : { code: 2, message: span.error },
    attributes: attributesOf(span.attributes ?? {}),
  }
}

function attributesOf(attributes: Readonly<Record<string, unknown>>) {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: String(value) },
  }))
}
