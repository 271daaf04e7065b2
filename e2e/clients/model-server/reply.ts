/**
 * What the stand-in for a model says. It thinks as little as it can: the same request always gets the same reply, and
 * every kind of reply has a bill of its own.
 */
export interface Reply {
  readonly kind: ReplyKind
  readonly text: string
  /** Instead of a text. */
  readonly toolCall: ToolCall | undefined
  readonly bill: TokenBill
}

export interface ToolCall {
  readonly id: string
  readonly name: string
  /** JSON text. */
  readonly arguments: string
}

export interface TokenBill {
  /** All input, what came from the cache or went into it among it. */
  readonly input: number
  readonly cacheRead: number
  /** Of the providers here only Anthropic tells it. */
  readonly cacheWrite: number
  /** All output, reasoning among it. */
  readonly output: number
  readonly reasoning: number
}

/** Each figure is twice the one above, so that a sum tells which calls are in it. */
export const bills = {
  text: { input: 100, cacheRead: 10, cacheWrite: 5, output: 20, reasoning: 2 },
  streamedText: { input: 200, cacheRead: 20, cacheWrite: 10, output: 40, reasoning: 4 },
  toolCall: { input: 400, cacheRead: 40, cacheWrite: 20, output: 80, reasoning: 8 },
  toolAnswer: { input: 800, cacheRead: 80, cacheWrite: 40, output: 160, reasoning: 16 },
  embedding: { input: 3, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
} as const satisfies Record<string, TokenBill>

export type ReplyKind = keyof typeof bills

export const replyText = 'In Lisbon it is sunny, 24 °C.'

/** The parts of that text as a stream sends them. */
export const replyParts = ['In Lisbon ', 'it is sunny, ', '24 °C.'] as const

/** Of every tool; the first one offered is called. */
export const toolArguments = '{"city":"Lisbon"}'

/** What the replies depend on, whatever the wire form of the request. */
export interface Request {
  readonly isStreamed: boolean
  /** Names of tools, in the order of the request. */
  readonly tools: readonly string[]
  readonly hasToolResult: boolean
}

/** Calls the first tool offered; once there is its result, or without tools, says the text. */
export function chooseReply(request: Request): Reply {
  const kind = chooseKind(request)
  const [name] = request.tools
  const isCall = kind === 'toolCall' && name !== undefined
  return {
    kind,
    text: isCall ? '' : replyText,
    toolCall: isCall ? { id: 'call_1', name, arguments: toolArguments } : undefined,
    bill: bills[kind],
  }
}

function chooseKind({ isStreamed, tools, hasToolResult }: Request): ReplyKind {
  if (hasToolResult) return 'toolAnswer'
  if (tools.length > 0) return 'toolCall'
  return isStreamed ? 'streamedText' : 'text'
}
