import type { LogEvent, ModelCall, Span } from '@tracellm/core'
import type { WriteBatch } from '../port/write-batch.ts'
import { batchOf, callOf, sampleStartUs, spanIdOf, spanOf, textMessage, traceIdOf } from './span-samples.ts'

export const question = textMessage('user', 'What is the weather?')
export const answer = textMessage('assistant', 'It rains.')

/** A record with what a test says of it, `afterUs` after the samples' start. */
export function eventOf({ afterUs = 0, ...said }: Partial<LogEvent> & { afterUs?: number } = {}): LogEvent {
  return {
    name: 'sample.event',
    timeUs: sampleStartUs + afterUs,
    attributes: {},
    resource: { attributes: { 'service.name': 'sample' } },
    scope: { name: 'sample' },
    dialect: 'sample',
    ...said,
  }
}

/** Of span 1 of trace 1, which it names. */
export function eventOfSpan(said: Parameters<typeof eventOf>[0] = {}): LogEvent {
  const name = 'gen_ai.client.inference.operation.details'
  return eventOf({ name, traceId: traceIdOf(1), spanId: spanIdOf(1), ...said })
}

/** A batch of records alone. */
export function logsOf(...logEvents: readonly LogEvent[]): WriteBatch {
  return batchOf([], { logEvents })
}

/** A turn with a coding agent, told by records alone: a prompt, a call, a tool, a call, each with an id and a number. */
export function turnOf(promptId: string): LogEvent[] {
  const step = (sequence: number, afterUs: number, said: Partial<LogEvent>): LogEvent =>
    eventOf({ sessionId: 'session 1', promptId, sequence, afterUs, ...said })
  const call = { type: 'llm', name: 'api_request', durationUs: 1000 } as const
  return [
    step(1, 0, { name: 'claude_code.user_prompt', input: [question], standsFor: { type: 'prompt', name: 'prompt' } }),
    step(2, 2000, {
      name: 'claude_code.api_request',
      requestId: `${promptId} request 1`,
      call: callOf('large', 10, 5),
      standsFor: call,
    }),
    step(3, 3000, {
      name: 'claude_code.tool_result',
      toolCallId: `${promptId} call 1`,
      standsFor: { type: 'tool', name: 'Bash', durationUs: 500 },
    }),
    step(4, 5000, {
      name: 'claude_code.api_request',
      requestId: `${promptId} request 2`,
      call: callOf('large', 20, 5),
      standsFor: call,
    }),
  ]
}

/** One that names no span and no call: a prompt, a call of 2 s, a tool of 1 s, a call of 2 s. */
export function namelessTurn(): LogEvent[] {
  const said = { sessionId: 'session 1', promptId: 'prompt 1', dialect: 'agent', userId: 'anna' }
  const call = { type: 'llm', name: 'large', durationUs: 2_000_000 } as const
  const usage = { inputTokens: 30, outputTokens: 17, cacheReadTokens: 10, reasoningTokens: 5 }
  return [
    eventOf({ ...said, name: 'agent.prompt', input: [question], standsFor: { type: 'prompt', name: 'agent' } }),
    eventOf({ ...said, name: 'agent.call', afterUs: 2_100_000, call: { usage }, standsFor: call }),
    eventOf({
      ...said,
      name: 'agent.tool',
      afterUs: 3_200_000,
      inputValue: { command: 'ls' },
      standsFor: { type: 'tool', name: 'Bash', durationUs: 1_000_000 },
    }),
    eventOf({ ...said, name: 'agent.call', afterUs: 5_300_000, call: { usage }, output: [answer], standsFor: call }),
  ]
}

/** The spans of that turn, each a trace of its own, with less to tell. */
export function spansOfNamelessTurn(): [call: Span, tool: Span, call: Span] {
  const context = { sessionId: 'session 1' }
  const call: ModelCall = { requestModel: 'large', usage: { inputTokens: 30, outputTokens: 12 } }
  return [
    spanOf({ trace: 1, type: 'llm', afterUs: 99_000, durationUs: 2_002_000, call, context }),
    spanOf({ trace: 2, type: 'tool', afterUs: 2_199_000, durationUs: 1_002_000, tool: { name: 'Bash' }, context }),
    spanOf({ trace: 3, type: 'llm', afterUs: 3_299_000, durationUs: 2_002_000, call, context }),
  ]
}
