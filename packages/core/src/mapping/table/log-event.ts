import { isJsonArray, type JsonValue } from '../../json/json-value.ts'
import type { StandIn } from '../../span/log-event.ts'
import type { Message } from '../../span/message.ts'
import type { Dialect } from '../dialect.ts'
import { field, type Reader } from '../field.ts'
import { readContent, type ReadContent, type Side } from '../messages/index.ts'
import type { Reading } from '../reading.ts'
import { count, milliseconds, text } from '../readers.ts'
import { requestModel, responseModel } from './model.ts'
import { claudeCode, codex, geminiCli } from './scopes.ts'
import { toolName } from './step.ts'

/** Log records that say something of a model call, a tool use or a prompt, by the names that their senders give them. */

/** Programs that log under bare or prefixed names; by either they are known. */
export interface LoggingCli {
  readonly dialect: Dialect
  /** How the name of its instrumentation starts. */
  readonly scope: string
  readonly prefix: string
  readonly provider?: string
}

export const loggingClis: readonly LoggingCli[] = [
  { dialect: 'claude-code', scope: claudeCode, prefix: 'claude_code.', provider: 'anthropic' },
  { dialect: 'codex', scope: codex, prefix: 'codex.' },
  { dialect: 'gemini-cli', scope: geminiCli, prefix: 'gemini_cli.', provider: 'gcp.gemini' },
]

/** What a record of this name tells. */
export interface LogRule {
  /** Where its messages are, or its plain input and output. */
  readonly input?: LogContentReader
  readonly output?: LogContentReader
  /** It has the figures of a model call. */
  readonly tellsCall?: boolean
  /** It tells of a failure in every case, or only where the record says so. */
  readonly error?: 'always' | 'where-told'
  readonly standsFor?: (reading: Reading, failed: boolean) => StandIn | undefined
  /** Whether the record is worth keeping (always). */
  readonly keeps?: (reading: Reading) => boolean
}

export type LogContentReader = (reading: Reading, name: string, body: JsonValue | undefined) => ReadContent | undefined

export const promptId = field(text, [
  ['prompt.id', 'claude-code'],
  ['prompt_id', 'gemini-cli'],
  ['turn.id', 'codex'],
])

export const sequence = field(count, [['event.sequence', 'claude-code']])

export const requestId = field(text, [
  ['request_id', 'claude-code'],
  ['gen_ai.response.id', 'gen-ai'],
  ['response.id', 'codex'],
])

const durationUs: Reader<number> = milliseconds

/** Placeholders for texts that a user has not allowed to be logged. */
const redacted = new Set(['<REDACTED>', '[REDACTED]'])

function spokenIn(key: string, role: Message['role']): LogContentReader {
  return (reading) => {
    const said = reading.value(key)
    if (typeof said !== 'string' || said === '' || redacted.has(said)) return undefined
    reading.ledger.use(key)
    return { content: { form: 'messages', messages: [{ role, parts: [{ type: 'text', text: said }] }] } }
  }
}

/** JSON or text under the first of the keys that is there. */
function valueIn(...keys: readonly string[]): LogContentReader {
  return (reading) => {
    const key = keys.find((candidate) => reading.has(candidate) && reading.value(candidate) !== '')
    if (key === undefined) return undefined
    const value = reading.json(key) ?? reading.plain(key)
    if (value === undefined) return undefined
    reading.ledger.use(key)
    return { content: { form: 'value', value } }
  }
}

/** The body of a request or a response. A cut one is no JSON, and stays as it is. */
function bodyIn(key: string, shape: 'anthropic' | 'gemini', side: Side): LogContentReader {
  return (reading) => {
    const body = reading.json(key)
    const read = body === undefined ? undefined : readBody(body, shape, side)
    if (read?.content.form !== 'messages') return undefined
    reading.ledger.use(key)
    reading.ledger.leave(key, read.rest)
    return read
  }
}

/** Gemini CLI logs a streamed answer as the list of what came. */
function readBody(body: JsonValue, shape: 'anthropic' | 'gemini', side: Side): ReadContent | undefined {
  if (side === 'input' || !isJsonArray(body)) return readContent(shape, body, side)
  const pieces = body.map((piece) => readContent(shape, piece, side))
  const messages = pieces.flatMap((piece) => (piece?.content.form === 'messages' ? piece.content.messages : []))
  const parts = messages.flatMap((message) => message.parts)
  return parts.length === 0
    ? undefined
    : { content: { form: 'messages', messages: [{ role: 'assistant', parts: joined(parts) }] } }
}

/** Texts one after the other are one text. */
function joined(parts: Message['parts']): Message['parts'] {
  const whole: Message['parts'][number][] = []
  for (const part of parts) {
    const last = whole.at(-1)
    if (part.type === 'text' && last?.type === 'text')
      whole[whole.length - 1] = { type: 'text', text: last.text + part.text }
    else whole.push(part)
  }
  return whole
}

/** Bodies of message events; in some SDKs their fields are attributes. */
function oldEvent(side: Side): LogContentReader {
  return (_reading, name, body) =>
    body === undefined ? undefined : readContent('old-events', [{ event: name, body }], side)
}

function prompt(name: string): LogRule['standsFor'] {
  return () => ({ type: 'prompt', name })
}

/** @param when whether this record is the one that stands for the call. */
function call(when: (reading: Reading, failed: boolean) => boolean = () => true): LogRule['standsFor'] {
  return (reading, failed) => {
    if (!when(reading, failed)) return undefined
    const name = reading.peek(responseModel) ?? reading.peek(requestModel) ?? reading.subject.name
    return { type: 'llm', name, durationUs: durationUs(reading.value('duration_ms'), reading, 'duration_ms'), failed }
  }
}

const tool: LogRule['standsFor'] = (reading, failed) => ({
  type: 'tool',
  name: reading.peek(toolName) ?? reading.subject.name,
  durationUs: durationUs(reading.value('duration_ms'), reading, 'duration_ms'),
  failed,
})

const isCompleted = (reading: Reading): boolean => reading.value('event.kind') === 'response.completed'
const said: LogRule = { input: oldEvent('input'), tellsCall: true }

export const logRules: Readonly<Record<string, LogRule>> = {
  'gen_ai.system.message': said,
  'gen_ai.user.message': said,
  'gen_ai.assistant.message': said,
  'gen_ai.tool.message': said,
  'gen_ai.choice': { output: oldEvent('output'), tellsCall: true },
  'gen_ai.client.inference.operation.details': { tellsCall: true, error: 'where-told' },
  'gen_ai.evaluation.result': {},
  'gen_ai.client.operation.exception': { error: 'always' },

  'claude_code.user_prompt': { input: spokenIn('prompt', 'user'), standsFor: prompt('claude-code') },
  'claude_code.assistant_response': { output: spokenIn('response', 'assistant'), tellsCall: true },
  'claude_code.api_request': { tellsCall: true, standsFor: call() },
  'claude_code.api_error': { tellsCall: true, error: 'always', standsFor: call() },
  'claude_code.api_refusal': { tellsCall: true },
  'claude_code.api_retries_exhausted': { tellsCall: true, error: 'always' },
  'claude_code.api_request_body': { input: bodyIn('body', 'anthropic', 'input'), tellsCall: true },
  'claude_code.api_response_body': { output: bodyIn('body', 'anthropic', 'output'), tellsCall: true },
  'claude_code.tool_decision': { input: valueIn('tool_parameters') },
  'claude_code.tool_result': {
    input: valueIn('tool_input', 'tool_parameters'),
    output: valueIn('tool_output', 'tool_response'),
    error: 'where-told',
    standsFor: tool,
  },

  'codex.user_prompt': { input: spokenIn('prompt', 'user'), standsFor: prompt('codex') },
  // Tokens come with the end of the stream; a request that failed has none.
  'codex.sse_event': { tellsCall: true, error: 'where-told', standsFor: call(isCompleted), keeps: isCompleted },
  'codex.websocket_event': { tellsCall: true, keeps: isCompleted },
  'codex.api_request': { tellsCall: true, error: 'where-told', standsFor: call((_reading, failed) => failed) },
  'codex.tool_result': {
    input: valueIn('arguments'),
    output: valueIn('output'),
    error: 'where-told',
    standsFor: tool,
  },

  'gemini_cli.user_prompt': { input: spokenIn('prompt', 'user'), standsFor: prompt('gemini-cli') },
  'gemini_cli.api_request': { input: bodyIn('request_text', 'gemini', 'input'), tellsCall: true },
  'gemini_cli.api_response': {
    output: bodyIn('response_text', 'gemini', 'output'),
    tellsCall: true,
    standsFor: call(),
  },
  'gemini_cli.api_error': { tellsCall: true, error: 'always', standsFor: call() },
  'gemini_cli.tool_call': { input: valueIn('function_args'), error: 'where-told', standsFor: tool },
}
