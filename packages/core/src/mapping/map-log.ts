import type { JsonValue } from '../json/json-value.ts'
import type { DecodedLog } from '../otlp/log-request.ts'
import type { LogEvent } from '../span/log-event.ts'
import type { Content } from '../span/message.ts'
import type { ModelCall, SpanError } from '../span/span.ts'
import { parseIsoTime } from '../time/iso-time.ts'
import type { Dialect } from './dialect.ts'
import type { MappingContext } from './map-span.ts'
import { present } from './present.ts'
import { readCall } from './read-call.ts'
import { processContext } from './read-context.ts'
import { readSides } from './read-sides.ts'
import { readResource, readScope } from './read-source.ts'
import { Reading } from './reading.ts'
import { text } from './readers.ts'
import { keyIndex } from './table/all-fields.ts'
import { environment, release, sessionId, userId } from './table/context.ts'
import { genAiEvaluation } from './table/evaluation.ts'
import {
  logRules,
  loggingClis,
  promptId,
  requestId,
  sequence,
  type LogRule,
  type LoggingCli,
} from './table/log-event.ts'
import { errorMessage, errorType, failed, toolCallId } from './table/step.ts'
import { toJson } from './to-json.ts'

/**
 * A log record in canonical form; `undefined` for one that says nothing of a model call, a tool use or a prompt.
 * Never fails. What nothing has used stays in the attributes.
 * Source: OpenTelemetry GenAI semantic conventions, events; for coding agents, the events they document.
 */
export function mapLog(record: DecodedLog, { receivedUs }: MappingContext): LogEvent | undefined {
  const named = nameOf(record)
  if (named === undefined) return undefined
  const rule = logRules[named.name] ?? {}
  const timeUs = record.timeUs ?? record.observedTimeUs ?? loggedUs(record) ?? receivedUs
  const reading = readingOf(record, named, timeUs)
  if (rule.keeps !== undefined && !rule.keeps(reading)) return undefined

  const body = toJson(record.body)
  const content = readLogContent(rule, reading, named.name, body)
  const error = readLogError(rule, reading)
  const evaluation = named.name === 'gen_ai.evaluation.result' ? genAiEvaluation(reading.ledger.rest) : undefined
  const call = rule.tellsCall === true ? readLogCall(reading, named.cli, content.finishReasons, error) : undefined
  const standsFor = rule.standsFor?.(reading, error !== undefined)
  const ofProcess = processContext(record.resource)
  return {
    name: named.name,
    timeUs,
    ...present({
      traceId: record.traceId,
      spanId: record.spanId,
      sessionId: reading.first(sessionId) ?? ofProcess.sessionId,
      promptId: reading.first(promptId),
      sequence: reading.first(sequence),
      requestId: reading.first(requestId),
      toolCallId: reading.first(toolCallId),
      ...contentOf(content),
      toolDefinitions: content.toolDefinitions,
      call,
      error,
      evaluations: evaluation && [evaluation],
      standsFor,
      userId: reading.first(userId),
      environment: reading.first(environment) ?? ofProcess.environment,
      release: reading.first(release) ?? ofProcess.release,
    }),
    attributes: reading.ledger.rest,
    ...present({
      body: content.usedBody || body === named.name ? undefined : body,
      severity: record.severityNumber || undefined,
    }),
    resource: readResource(record.resource),
    scope: readScope(record.scope),
    dialect: named.dialect,
  }
}

interface Named {
  readonly name: string
  readonly dialect: Dialect
  /** The program that logged it, where it is one of those that log all they do. */
  readonly cli?: LoggingCli
}

/**
 * The record's name with the prefix of its program: an attribute says it, else OpenTelemetry's own field, which for
 * Codex is a place in its source, else a body that is nothing but a name.
 */
function nameOf(record: DecodedLog): Named | undefined {
  const scope = record.scope.name ?? ''
  const names = [text(record.attributes['event.name']), record.eventName, bodyName(record.body)]
  for (const name of names) {
    if (name === undefined) continue
    if (Object.hasOwn(logRules, name) && name.startsWith('gen_ai.')) return { name, dialect: 'gen-ai', ...cliOf(scope) }
    const cli = loggingClis.find(({ prefix }) => name.startsWith(prefix))
    if (cli !== undefined) return { name, dialect: cli.dialect, cli }
    const logging = loggingClis.find((candidate) => scope.startsWith(candidate.scope))
    if (logging !== undefined && /^\w+$/.test(name)) {
      return { name: logging.prefix + name, dialect: logging.dialect, cli: logging }
    }
  }
  return undefined
}

function cliOf(scope: string): Pick<Named, 'cli'> {
  const cli = loggingClis.find((candidate) => scope.startsWith(candidate.scope))
  return cli === undefined ? {} : { cli }
}

function bodyName(body: DecodedLog['body']): string | undefined {
  return typeof body === 'string' && /^\w+\.[\w.]+$/.test(body) ? body : undefined
}

function loggedUs(record: DecodedLog): number | undefined {
  const timestamp = text(record.attributes['event.timestamp'])
  return timestamp === undefined ? undefined : parseIsoTime(timestamp)
}

/** The record's attributes, read as those of a model call. Codex logs under other scopes than it traces. */
function readingOf({ attributes, resource, scope }: DecodedLog, { name, cli }: Named, startUs: number): Reading {
  const ofCli = cli === undefined || scope.name?.startsWith(cli.scope) === true ? scope : { ...scope, name: cli.scope }
  const reading = new Reading({ name, startUs, attributes, events: [], resource, scope: ofCli }, keyIndex)
  reading.type = 'llm'
  for (const key of ['event.name', 'event.timestamp']) reading.ledger.use(key)
  return reading
}

interface LogContent {
  readonly input?: Content | undefined
  readonly output?: Content | undefined
  readonly toolDefinitions?: JsonValue | undefined
  readonly finishReasons?: readonly string[] | undefined
  readonly usedBody: boolean
}

const messageFields = ['content', 'role', 'name', 'id', 'tool_calls', 'message', 'finish_reason', 'index']

function readLogContent(rule: LogRule, reading: Reading, name: string, body: JsonValue | undefined): LogContent {
  if (name === 'gen_ai.client.inference.operation.details') return { ...readSides(reading), usedBody: false }
  // The fields of a message event are its body, or in some SDKs its attributes.
  const isMessage = name.startsWith('gen_ai.')
  const said = isMessage ? (body ?? reading.ledger.rest) : body
  const isInAttributes = isMessage && body === undefined
  const input = rule.input?.(reading, name, said)
  const output = rule.output?.(reading, name, said)
  if (isInAttributes && (input ?? output) !== undefined) for (const key of messageFields) reading.ledger.use(key)
  return {
    input: input?.content,
    output: output?.content,
    toolDefinitions: input?.toolDefinitions,
    finishReasons: output?.finishReasons,
    usedBody: isMessage && (input ?? output) !== undefined,
  }
}

function contentOf({ input, output }: LogContent): Pick<LogEvent, 'input' | 'output' | 'inputValue' | 'outputValue'> {
  return {
    input: input?.form === 'messages' ? input.messages : undefined,
    output: output?.form === 'messages' ? output.messages : undefined,
    inputValue: input?.form === 'value' ? input.value : undefined,
    outputValue: output?.form === 'value' ? output.value : undefined,
  }
}

/** A program that talks to one provider need not name it. */
function readLogCall(
  reading: Reading,
  cli: LoggingCli | undefined,
  finishReasons: readonly string[] | undefined,
  error: SpanError | undefined,
): ModelCall | undefined {
  const call = readCall(reading, finishReasons, error !== undefined)
  if (call === undefined || call.provider !== undefined || cli?.provider === undefined) return call
  return { provider: cli.provider, ...call }
}

function readLogError({ error }: LogRule, reading: Reading): SpanError | undefined {
  if (error === undefined) return undefined
  const isFailed = reading.first(failed) === true
  const found = present({ message: reading.first(errorMessage), type: reading.first(errorType) })
  return found ?? (isFailed || error === 'always' ? {} : undefined)
}
