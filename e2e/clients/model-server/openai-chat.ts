import type { Answer } from './answer.ts'
import { chooseReply, replyParts, type Reply, type TokenBill } from './reply.ts'

interface ChatRequest {
  readonly model: string
  readonly stream?: boolean
  readonly stream_options?: { readonly include_usage?: boolean }
  readonly messages: readonly { readonly role: string }[]
  readonly tools?: readonly { readonly function: { readonly name: string } }[]
}

/** `POST /v1/chat/completions`, of OpenAI and of Groq, which tells the usage of a stream in a place of its own. */
export function answerChat(request: ChatRequest, provider: 'openai' | 'groq'): Answer {
  const reply = chooseReply({
    isStreamed: request.stream === true,
    tools: (request.tools ?? []).map((tool) => tool.function.name),
    hasToolResult: request.messages.some(({ role }) => role === 'tool'),
  })
  const head = {
    id: `chatcmpl-${reply.kind}`,
    created: 1_790_000_000,
    model: provider === 'groq' ? request.model : `${request.model}-2024-07-18`,
    system_fingerprint: 'fp_1',
  }
  if (request.stream !== true) {
    return {
      status: 200,
      json: { ...head, object: 'chat.completion', choices: [choice(reply)], usage: usage(reply.bill) },
    }
  }
  const chunk = (choices: readonly unknown[], rest: object = {}) => ({
    data: { ...head, object: 'chat.completion.chunk', choices, ...rest },
  })
  const ending = provider === 'groq' ? { x_groq: { id: 'req_1', usage: usage(reply.bill) } } : {}
  const asksForUsage = request.stream_options?.include_usage === true
  return {
    events: [
      ...deltas(reply).map((delta) => chunk([{ index: 0, delta, finish_reason: null }])),
      chunk([{ index: 0, delta: {}, finish_reason: finishReason(reply) }], ending),
      ...(asksForUsage ? [chunk([], { usage: usage(reply.bill) })] : []),
      { data: '[DONE]' },
    ],
  }
}

function choice(reply: Reply) {
  const message =
    reply.toolCall === undefined
      ? { role: 'assistant', content: reply.text, refusal: null }
      : { role: 'assistant', content: null, refusal: null, tool_calls: [toolCallJson(reply.toolCall)] }
  return { index: 0, message, logprobs: null, finish_reason: finishReason(reply) }
}

/** A tool call's arguments come in two pieces, after its name. */
function deltas({ toolCall }: Reply): object[] {
  const start = { role: 'assistant', content: toolCall === undefined ? '' : null }
  if (toolCall === undefined) return [start, ...replyParts.map((content) => ({ content }))]
  const pieces = [toolCall.arguments.slice(0, 8), toolCall.arguments.slice(8)]
  return [
    { ...start, tool_calls: [{ index: 0, ...toolCallJson({ ...toolCall, arguments: '' }) }] },
    ...pieces.map((piece) => ({ tool_calls: [{ index: 0, function: { arguments: piece } }] })),
  ]
}

function toolCallJson({ id, ...call }: NonNullable<Reply['toolCall']>) {
  return { id, type: 'function', function: call }
}

function finishReason({ toolCall }: Reply): string {
  return toolCall === undefined ? 'stop' : 'tool_calls'
}

function usage({ input, cacheRead, output, reasoning }: TokenBill) {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cacheRead },
    completion_tokens_details: { reasoning_tokens: reasoning },
  }
}
