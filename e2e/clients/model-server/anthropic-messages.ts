import type { Answer } from './answer.ts'
import { chooseReply, replyParts, type Reply, type TokenBill } from './reply.ts'

interface MessagesRequest {
  readonly model: string
  readonly stream?: boolean
  readonly messages: readonly { readonly content: string | readonly { readonly type: string }[] }[]
  readonly tools?: readonly { readonly name: string }[]
}

/** `POST /v1/messages` */
export function answerMessages(request: MessagesRequest): Answer {
  const reply = chooseReply({
    isStreamed: request.stream === true,
    tools: (request.tools ?? []).map(({ name }) => name),
    hasToolResult: request.messages.some(
      ({ content }) => typeof content !== 'string' && content.some(({ type }) => type === 'tool_result'),
    ),
  })
  const message = {
    id: `msg_${reply.kind}`,
    type: 'message',
    role: 'assistant',
    model: `${request.model}-20251001`,
    content: [contentBlock(reply)],
    stop_reason: reply.toolCall === undefined ? 'end_turn' : 'tool_use',
    stop_sequence: null,
    usage: usage(reply.bill),
  }
  if (request.stream !== true) return { status: 200, json: message, headers: { 'request-id': 'req_1' } }
  const started = { ...message, content: [], stop_reason: null, usage: { ...message.usage, output_tokens: 1 } }
  const { stop_reason, stop_sequence } = message
  const events: [string, object][] = [
    ['message_start', { message: started }],
    ['content_block_start', { index: 0, content_block: emptyBlock(reply) }],
    ...deltas(reply).map((delta): [string, object] => ['content_block_delta', { index: 0, delta }]),
    ['content_block_stop', { index: 0 }],
    ['message_delta', { delta: { stop_reason, stop_sequence }, usage: { output_tokens: reply.bill.output } }],
    ['message_stop', {}],
  ]
  return { events: events.map(([type, fields]) => ({ event: type, data: { type, ...fields } })) }
}

function contentBlock({ text, toolCall }: Reply) {
  return toolCall === undefined
    ? { type: 'text', text }
    : { type: 'tool_use', id: toolCall.id, name: toolCall.name, input: JSON.parse(toolCall.arguments) }
}

function emptyBlock({ toolCall }: Reply) {
  return toolCall === undefined
    ? { type: 'text', text: '' }
    : { type: 'tool_use', id: toolCall.id, name: toolCall.name, input: {} }
}

function deltas({ toolCall }: Reply): object[] {
  return toolCall === undefined
    ? replyParts.map((text) => ({ type: 'text_delta', text }))
    : [{ type: 'input_json_delta', partial_json: toolCall.arguments }]
}

/** Anthropic's input leaves out what came from the cache or went into it. It tells no reasoning. */
function usage({ input, cacheRead, cacheWrite, output }: TokenBill) {
  return {
    input_tokens: input - cacheRead - cacheWrite,
    cache_read_input_tokens: cacheRead,
    cache_creation_input_tokens: cacheWrite,
    output_tokens: output,
    service_tier: 'standard',
  }
}
