import { expect } from 'vitest'
import type { CallReport, ClientReport, TokenReport, ToolReport, TotalsReport, TraceReport } from './client-report.ts'
import { bills, type ReplyKind, type TokenBill } from './model-server/reply.ts'

/** What a run is to come to; the totals follow from the rest. */
export function expectedReport(parts: Omit<ClientReport, 'totals'>): ClientReport {
  return { ...parts, totals: totalsOf(parts) }
}

function totalsOf({ traces, calls, tools }: Omit<ClientReport, 'totals'>): TotalsReport {
  const sum = (part: keyof TokenReport) => calls.reduce((total, { tokens }) => total + tokens[part], 0)
  return {
    calls: calls.length,
    toolCalls: tools.length,
    failedTraces: traces.filter(({ status }) => status === 'failed').length,
    input: sum('input'),
    cacheRead: sum('cacheRead'),
    cacheWrite: sum('cacheWrite'),
    output: sum('output'),
    reasoning: sum('reasoning'),
  }
}

/** What every program says about its traces, if its library has a word for it. */
export function trace(status: 'success' | 'failed', differences: Partial<TraceReport> = {}): TraceReport {
  const about = { session: 'session-1', user: 'anna', tags: ['beta', 'weather'], tenant: 'acme' }
  return { status, provider: 'openai', ...about, ...differences }
}

const asked = 'user: What is the weather in Lisbon?'
const called = 'assistant: get_weather({"city":"Lisbon"})'
const answered = 'assistant: In Lisbon it is sunny, 24 °C.'

/** What is said around each kind of reply: all programs hold the same conversations. */
const conversations: Readonly<Record<ReplyKind, readonly string[]>> = {
  text: ['system: Be brief.', asked, answered],
  streamedText: ['system: Be brief.', asked, answered],
  toolCall: [asked, called],
  toolAnswer: [asked, called, 'tool: {"celsius":24}', answered],
  embedding: ['Lisbon in spring'],
}

/** A call as the model server answered it. OpenAI tells nothing of tokens that went into its cache. */
export function openaiCall(kind: ReplyKind, differences: Partial<CallReport> = {}): CallReport {
  const model = kind === 'embedding' ? 'text-embedding-3-small' : 'gpt-4o-mini-2024-07-18'
  const type = kind === 'embedding' ? 'embedding' : 'llm'
  const tokens = { ...bills[kind], cacheWrite: 0 }
  return { type, model, said: conversations[kind], tokens, error: null, ...differences }
}

/** Anthropic tells nothing of reasoning. */
export function anthropicCall(kind: ReplyKind): CallReport {
  return openaiCall(kind, { model: 'claude-haiku-4-5-20251001', tokens: { ...bills[kind], reasoning: 0 } })
}

/** The call that each program makes to be refused. */
export function failedCall(status: 429 | 500): CallReport {
  const error: string = expect.stringContaining(`The model refused with ${status}.`)
  return { type: 'llm', model: `fail-${status}`, said: [asked], tokens: noTokens, error }
}

export const noTokens: TokenBill = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 }

export const weatherTool: ToolReport = { name: 'get_weather', input: { city: 'Lisbon' }, output: { celsius: 24 } }
