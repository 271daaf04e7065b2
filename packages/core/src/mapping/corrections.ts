import { isJsonObject } from '../json/json-value.ts'
import type { SpanType } from '../span/span.ts'
import type { Reading } from './reading.ts'
import { geminiCli } from './table/scopes.ts'

/** Counts of tokens as a client sent them. */
export interface SentUsage {
  readonly input?: number | undefined
  readonly output?: number | undefined
  readonly total?: number | undefined
  readonly cacheRead?: number | undefined
  readonly cacheWrite?: number | undefined
  readonly reasoning?: number | undefined
}

/**
 * Canonical counts hold their parts: input those read from and written to a cache, output those of reasoning. Clients
 * that send the parts beside the whole are corrected, by at most one of the rules below, the first that applies.
 * Source: OpenTelemetry GenAI semantic conventions, `gen_ai.usage.*`, whose counts include their parts.
 */
export interface Correction {
  readonly source: string
  readonly applies: (sent: Numbers, facts: Facts) => boolean
  /** What the counts leave out. */
  readonly adds: readonly ('cache' | 'reasoning')[]
}

/** What was sent, with 0 for what was not. */
export interface Numbers {
  readonly input: number
  readonly output: number
  readonly total: number | undefined
  readonly cache: number
  readonly reasoning: number
}

export interface Facts {
  /** The key that the input count was read from. */
  readonly inputKey: string | undefined
  readonly outputKey: string | undefined
  readonly reading: Reading
}

const known: readonly Correction[] = [
  { source: 'Claude Code', applies: (_sent, { inputKey }) => inputKey === 'input_tokens', adds: ['cache'] },
  {
    source: 'Gemini CLI',
    applies: (_sent, { outputKey, reading }) => outputKey === 'output_token_count' && reading.isFrom(geminiCli),
    adds: ['reasoning'],
  },
  {
    source: '@traceloop/instrumentation-anthropic up to 0.27',
    applies: (_sent, { reading }) => isOldTraceloopAnthropic(reading),
    adds: ['cache'],
  },
  {
    source: 'AI SDK 4 and 5 with Anthropic',
    applies: (_sent, { reading }) => isOldAiSdkAnthropic(reading),
    adds: ['cache'],
  },
  { source: 'ADK', applies: (sent, { reading }) => leavesOutThoughts(sent, reading), adds: ['reasoning'] },
]

/** For clients nobody has looked at: what the numbers themselves tell. */
const anybody: readonly Correction[] = [
  { source: 'more cached than input', applies: (sent) => sent.cache > sent.input, adds: ['cache'] },
  { source: 'the total is right', applies: (sent) => isTotal(sent, 0), adds: [] },
  { source: 'the total holds the cache', applies: (sent) => isTotal(sent, sent.cache), adds: ['cache'] },
  { source: 'the total holds reasoning', applies: (sent) => isTotal(sent, sent.reasoning), adds: ['reasoning'] },
  {
    source: 'the total holds both',
    applies: (sent) => isTotal(sent, sent.cache + sent.reasoning),
    adds: ['cache', 'reasoning'],
  },
]

const corrections = [...known, ...anybody]

/** The counts with every part inside its whole. */
export function correctUsage(sent: SentUsage, facts: Facts): SentUsage {
  const { input, output } = completed(sent, facts.reading.type)
  const cache = (sent.cacheRead ?? 0) + (sent.cacheWrite ?? 0)
  const reasoning = sent.reasoning ?? 0
  const numbers = { input: input ?? 0, output: output ?? 0, total: sent.total, cache, reasoning }
  const adds = corrections.find((correction) => correction.applies(numbers, facts))?.adds ?? []
  return {
    ...sent,
    input: whole(input, cache, adds.includes('cache')),
    output: whole(output, reasoning, adds.includes('reasoning')),
  }
}

/** A whole is never less than its part: where it is, the part was sent beside it. */
function whole(tokens: number | undefined, part: number, isBeside: boolean): number | undefined {
  return tokens === undefined ? undefined : tokens + (isBeside || tokens < part ? part : 0)
}

/** Of input, output and total one may be missing; an embedding has no output. */
function completed({ input, output, total }: SentUsage, type: SpanType): Pick<SentUsage, 'input' | 'output'> {
  const less = (part: number): number | undefined => (total === undefined || total < part ? undefined : total - part)
  if (type === 'embedding' || type === 'reranker') return { input: input ?? less(output ?? 0), output }
  return {
    input: input ?? (output === undefined ? undefined : less(output)),
    output: output ?? (input === undefined ? undefined : less(input)),
  }
}

function isTotal({ input, output, total }: Numbers, parts: number): boolean {
  return total === input + output + parts
}

function isOldTraceloopAnthropic(reading: Reading): boolean {
  const { subject } = reading
  if (subject.scope.name !== '@traceloop/instrumentation-anthropic') return false
  // An export of ours keeps the scope: it has the new names, and counts that are corrected already.
  if (reading.has('gen_ai.usage.cache_write.input_tokens')) return false
  const [major, minor] = (subject.scope.version ?? '').split('.').map(Number)
  return major === 0 && minor !== undefined && minor <= 27
}

/** From version 6 on the AI SDK says how many tokens were not cached, and counts all of them as input. */
function isOldAiSdkAnthropic(reading: Reading): boolean {
  if (!reading.has('ai.response.providerMetadata') || reading.has('ai.usage.inputTokenDetails.noCacheTokens'))
    return false
  return reading.jsonAt('ai.response.providerMetadata', ['anthropic']) !== undefined
}

/** ADK's response has what Gemini counted: its candidates without its thoughts. */
function leavesOutThoughts(sent: Numbers, reading: Reading): boolean {
  if (sent.reasoning === 0 || !reading.has('gcp.vertex.agent.llm_response')) return false
  const response = reading.json('gcp.vertex.agent.llm_response')
  const counted = isJsonObject(response) ? (response['usageMetadata'] ?? response['usage_metadata']) : undefined
  if (!isJsonObject(counted)) return false
  return sent.output === (counted['candidatesTokenCount'] ?? counted['candidates_token_count'])
}
