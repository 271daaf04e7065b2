import type { JsonObject, JsonValue } from '../../json/json-value.ts'
import { field, type Reader } from '../field.ts'
import { count, inScope, quotedText, text } from '../readers.ts'
import { claudeCode, codex, codingClis, geminiCli } from './scopes.ts'

/** Tools, agents, prompt templates, attempts: what a step was, beside its content. */

export const toolName = field(text, [
  ['gen_ai.tool.name', 'gen-ai'],
  ['ai.toolCall.name', 'ai-sdk'],
  ['tool.name', 'openinference'],
  ['tool_name', 'claude-code'],
  ['traceloop.entity.name', 'traceloop'],
  ['lk.function_tool.name', 'livekit'],
  ['spring.ai.tool.definition.name', 'spring-ai'],
  ['function_name', 'gemini-cli', inScope(geminiCli, text)],
])

export const toolCallId = field(text, [
  ['gen_ai.tool.call.id', 'gen-ai'],
  ['gen_ai.tool.call_id', 'gen-ai'],
  ['ai.toolCall.id', 'ai-sdk'],
  ['tool_call.id', 'openinference'],
  ['tool_use_id', 'claude-code'],
  ['lk.function_tool.id', 'livekit'],
  ['call_id', 'codex', inScope(codex, text)],
])

export const toolKind = field(text, [['gen_ai.tool.type', 'gen-ai']])

export const toolDescription = field(text, [
  ['gen_ai.tool.description', 'gen-ai'],
  ['tool.description', 'openinference'],
  ['spring.ai.tool.definition.description', 'spring-ai'],
])

export const agentName = field(text, [
  ['gen_ai.agent.name', 'gen-ai'],
  ['agent.name', 'openinference'],
  ['agent_name', 'pydantic-ai'],
])

/** Where an agent has no name, that of what it is a part of. */
export const groupName = field(text, [
  ['graph.node.name', 'openinference'],
  ['gen_ai.workflow.name', 'gen-ai'],
  ['traceloop.workflow.name', 'traceloop'],
])

export const agentId = field(text, [
  ['gen_ai.agent.id', 'gen-ai'],
  ['graph.node.id', 'openinference'],
])

export const agentDescription = field(text, [['gen_ai.agent.description', 'gen-ai']])
export const agentVersion = field(text, [['gen_ai.agent.version', 'gen-ai']])

/** Names of spans other than tools and agents. */
export const shownName = field(text, [
  ['logfire.msg', 'logfire'],
  ['langsmith.trace.name', 'langsmith'],
  ['ai.telemetry.functionId', 'ai-sdk', functionAndOperation()],
  ['traceloop.entity.name', 'traceloop'],
  ['genkit:name', 'genkit'],
])

/** A function's name alone is shared by the call and each of its steps. */
function functionAndOperation(): Reader<string> {
  return (value, reading) => {
    const name = text(value)
    const operation = text(reading.value('ai.operationId'))
    return name === undefined || operation === undefined ? name : `${name} ${operation.replace(/^ai\./, '')}`
  }
}

const named =
  (name: string): Reader<JsonObject> =>
  (_value, reading, key) => {
    const value = reading.plain(key)
    return value === undefined ? undefined : { [name]: value }
  }

/** A text, or JSON given as text. */
const parsed =
  (name: string): Reader<JsonObject> =>
  (_value, reading, key) => {
    const value: JsonValue | undefined = reading.json(key) ?? reading.plain(key)
    return value === undefined ? undefined : { [name]: value }
  }

const variables: Reader<JsonObject> = (_value, reading, familyKey) => {
  const found: { [key: string]: JsonValue } = {}
  for (const [key] of reading.members(familyKey)) {
    found[key.slice(familyKey.length - 1)] = reading.plain(key) ?? null
    reading.ledger.use(key, familyKey)
  }
  return { variables: found }
}

export const promptTemplate = field<JsonObject>(
  () => undefined,
  [
    ['gen_ai.prompt.name', 'gen-ai', named('name')],
    ['gen_ai.prompt.version', 'gen-ai', named('version')],
    ['gen_ai.prompt.variable.*', 'gen-ai', variables],
    ['langfuse.observation.prompt.name', 'langfuse', named('name')],
    ['langfuse.observation.prompt.version', 'langfuse', named('version')],
    ['llm.prompt_template.template', 'openinference', named('template')],
    ['llm.prompt_template.variables', 'openinference', parsed('variables')],
    ['llm.prompt_template.version', 'openinference', named('version')],
    ['traceloop.prompt.key', 'traceloop', named('name')],
    ['traceloop.prompt.version', 'traceloop', named('version')],
    ['traceloop.prompt.template', 'traceloop', named('template')],
    ['traceloop.prompt.template_variables', 'traceloop', parsed('variables')],
    ['prompt.id', 'openinference', named('id')],
    ['prompt.vendor', 'openinference', named('vendor')],
    ['prompt.url', 'openinference', named('url')],
  ],
)

/** A first attempt is not worth declaring: a client that counts its own tries knows nothing of the ones before. */
const attempt =
  (offset: number): Reader<number> =>
  (value) => {
    const number = count(value)
    return number === undefined || number + offset < 2 ? undefined : number + offset
  }

const isCall = new Set(['llm', 'embedding', 'reranker'])

/** Redirects resend requests too, but not those of model calls. */
const resent: Reader<number> = (value, reading, key) =>
  isCall.has(reading.type) ? attempt(1)(value, reading, key) : undefined

export const declaredAttempt = field(attempt(0), [
  ['attempt', 'claude-code', inScope(claudeCode, attempt(0))],
  ['lk.retry_count', 'livekit', attempt(1)],
  ['http.request.resend_count', 'otel', resent],
])

const is =
  (wanted: string): Reader<true> =>
  (value) =>
    quotedText(value)?.toLowerCase() === wanted ? true : undefined

/** Failure told otherwise than by the span's status. */
export const failed = field<true>(
  () => undefined,
  [
    ['langfuse.observation.level', 'langfuse', is('error')],
    ['genkit:state', 'genkit', is('error')],
    ['gen_ai.tool.status', 'gen-ai', is('error')],
    [
      'success',
      'claude-code',
      inScope(codingClis, (value) => (value === false || value === 'false' ? true : undefined)),
    ],
  ],
)

export const errorMessage = field(text, [
  ['langfuse.observation.status_message', 'langfuse'],
  ['exception.message', 'otel'],
  ['error', 'claude-code', inScope(codingClis, text)],
  ['error.message', 'codex'],
])

export const errorType = field(text, [
  ['error.type', 'otel'],
  ['exception.type', 'otel'],
])
