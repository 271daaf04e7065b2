import type { Answer, ServerSentEvent } from './answer.ts'
import { chooseReply, replyParts, type Reply, type TokenBill } from './reply.ts'

interface ResponsesRequest {
  readonly model: string
  readonly stream?: boolean
  readonly input: string | readonly { readonly type?: string }[]
  readonly tools?: readonly { readonly type: string; readonly name: string }[]
}

/** `POST /v1/responses` */
export function answerResponses(request: ResponsesRequest): Answer {
  const items = typeof request.input === 'string' ? [] : request.input
  const reply = chooseReply({
    isStreamed: request.stream === true,
    tools: (request.tools ?? []).filter(({ type }) => type === 'function').map(({ name }) => name),
    hasToolResult: items.some(({ type }) => type === 'function_call_output'),
  })
  const item = outputItem(reply)
  const done = { ...responseHead(request, reply), status: 'completed', output: [item], usage: usage(reply.bill) }
  if (request.stream !== true) return { status: 200, json: done }
  const started = { ...responseHead(request, reply), status: 'in_progress', output: [], usage: null }
  const events: [string, object][] = [
    ['response.created', { response: started }],
    ['response.in_progress', { response: started }],
    ...itemEvents(reply, item.id),
    ['response.output_item.done', { output_index: 0, item }],
    ['response.completed', { response: done }],
  ]
  return { events: events.map(numbered) }
}

function numbered([type, fields]: readonly [string, object], index: number): ServerSentEvent {
  return { event: type, data: { type, sequence_number: index, ...fields } }
}

/** What OpenAI repeats of the request, as far as clients ask for it. */
function responseHead({ model, tools = [] }: ResponsesRequest, { kind }: Reply) {
  return {
    id: `resp_${kind}`,
    object: 'response',
    created_at: 1_790_000_000,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    metadata: {},
    model: `${model}-2024-07-18`,
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    store: true,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools,
    top_p: 1,
    truncation: 'disabled',
    user: null,
  }
}

function outputItem({ text, toolCall }: Reply) {
  if (toolCall !== undefined) {
    const { id, ...call } = toolCall
    return { id: 'fc_1', type: 'function_call', status: 'completed', call_id: id, ...call }
  }
  return { id: 'msg_1', type: 'message', status: 'completed', role: 'assistant', content: [textPart(text)] }
}

function textPart(text: string) {
  return { type: 'output_text', text, annotations: [], logprobs: [] }
}

/** From the moment the item is there to the moment it is whole. */
function itemEvents({ text, toolCall }: Reply, itemId: string): [string, object][] {
  const at = { item_id: itemId, output_index: 0 }
  if (toolCall !== undefined) {
    const { id, name, arguments: whole } = toolCall
    const item = { id: itemId, type: 'function_call', status: 'in_progress', call_id: id, name, arguments: '' }
    return [
      ['response.output_item.added', { output_index: 0, item }],
      ['response.function_call_arguments.delta', { ...at, delta: whole }],
      ['response.function_call_arguments.done', { ...at, name, arguments: whole }],
    ]
  }
  const item = { id: itemId, type: 'message', status: 'in_progress', role: 'assistant', content: [] }
  const inPart = { ...at, content_index: 0 }
  return [
    ['response.output_item.added', { output_index: 0, item }],
    ['response.content_part.added', { ...inPart, part: textPart('') }],
    ...replyParts.map((delta): [string, object] => ['response.output_text.delta', { ...inPart, delta, logprobs: [] }]),
    ['response.output_text.done', { ...inPart, text, logprobs: [] }],
    ['response.content_part.done', { ...inPart, part: textPart(text) }],
  ]
}

function usage({ input, cacheRead, output, reasoning }: TokenBill) {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cacheRead },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  }
}
