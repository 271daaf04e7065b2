import type { SpanType } from '../../span/span.ts'
import type { Dialect } from '../dialect.ts'
import type { Reading } from '../reading.ts'
import { quotedText, text } from '../readers.ts'
import { messages } from './content.ts'
import { requestModel, responseModel } from './model.ts'
import { claudeCode, codex } from './scopes.ts'
import { inputTokens, outputTokens, totalTokens } from './usage.ts'

/**
 * What a span is: the first rule that gives a type wins.
 * The keys read here stay in the attributes, for they say more than the type (`text_completion`, `chat`).
 */
export interface SpanTypeRule {
  readonly dialect: Dialect
  readonly typeOf: (reading: Reading) => SpanType | undefined
}

type Words = Readonly<Record<string, SpanType>>

const byName: Words = {
  llm: 'llm',
  embedding: 'embedding',
  retriever: 'retriever',
  reranker: 'reranker',
  tool: 'tool',
  agent: 'agent',
  chain: 'chain',
  guardrail: 'guardrail',
  evaluator: 'evaluator',
  prompt: 'prompt',
  event: 'event',
  span: 'span',
}

const mastraTypes: Words = {
  agent_run: 'agent',
  model_inference: 'llm',
  llm_generation: 'llm',
  model_step: 'chain',
  model_chunk: 'event',
  tool_call: 'tool',
  mcp_tool_call: 'tool',
}

const langsmithKinds: Words = {
  llm: 'llm',
  tool: 'tool',
  chain: 'chain',
  retriever: 'retriever',
  embedding: 'embedding',
  prompt: 'prompt',
  parser: 'chain',
}

const claudeCodeTypes: Words = { llm_request: 'llm', interaction: 'agent', tool: 'tool' }

const operations: Words = {
  chat: 'llm',
  text_completion: 'llm',
  generate_content: 'llm',
  completion: 'llm',
  generate: 'llm',
  llm_call: 'llm',
  embeddings: 'embedding',
  retrieval: 'retriever',
  search_memory: 'retriever',
  rerank: 'reranker',
  execute_tool: 'tool',
  tool_call: 'tool',
  invoke_agent: 'agent',
  create_agent: 'agent',
  handle_conversation_turn: 'agent',
  invoke_workflow: 'chain',
  plan: 'chain',
  agent_step: 'chain',
  model_generation: 'chain',
  schedule_tool_calls: 'chain',
  execute_task: 'chain',
  model_chunk: 'event',
}

const aiSdkOperations: Words = {
  'ai.generateText.doGenerate': 'llm',
  'ai.generateObject.doGenerate': 'llm',
  'ai.streamText.doStream': 'llm',
  'ai.streamObject.doStream': 'llm',
  'ai.embed.doEmbed': 'embedding',
  'ai.embedMany.doEmbed': 'embedding',
  'ai.rerank.doRerank': 'reranker',
  'ai.toolCall': 'tool',
}

const traceloopKinds: Words = { workflow: 'chain', task: 'chain', agent: 'agent', tool: 'tool' }
const requestTypes: Words = {
  chat: 'llm',
  completion: 'llm',
  embedding: 'embedding',
  rerank: 'reranker',
}

const genkitSubtypes: Words = {
  model: 'llm',
  'background-model': 'llm',
  embedder: 'embedding',
  tool: 'tool',
  'tool.v2': 'tool',
  retriever: 'retriever',
  reranker: 'reranker',
  evaluator: 'evaluator',
  prompt: 'prompt',
  flow: 'chain',
}

const mlflowTypes: Words = {
  llm: 'llm',
  chat_model: 'llm',
  chain: 'chain',
  workflow: 'chain',
  parser: 'chain',
  task: 'chain',
  agent: 'agent',
  tool: 'tool',
  retriever: 'retriever',
  embedding: 'embedding',
  reranker: 'reranker',
  evaluator: 'evaluator',
  guardrail: 'guardrail',
}

const laminarTypes: Words = {
  llm: 'llm',
  cached: 'llm',
  tool: 'tool',
  executor: 'agent',
  evaluator: 'evaluator',
  human_evaluator: 'evaluator',
  evaluation: 'evaluator',
  default: 'chain',
  pipeline: 'chain',
}

const springAiKinds: Words = {
  chat_client: 'chain',
  advisor: 'chain',
  tool_call: 'tool',
}

const voltAgentTypes: Words = { ...byName, workflow: 'chain' }

export const spanTypeRules: readonly SpanTypeRule[] = [
  { dialect: 'langfuse', typeOf: word('langfuse.observation.type', { ...byName, generation: 'llm' }) },
  { dialect: 'mastra', typeOf: mastraType },
  { dialect: 'openinference', typeOf: word('openinference.span.kind', byName) },
  { dialect: 'langsmith', typeOf: word('langsmith.span.kind', langsmithKinds) },
  { dialect: 'claude-code', typeOf: claudeCodeType },
  { dialect: 'codex', typeOf: codexType },
  { dialect: 'gen-ai', typeOf: operationType },
  { dialect: 'ai-sdk', typeOf: aiSdkType },
  { dialect: 'traceloop', typeOf: word('traceloop.span.kind', traceloopKinds) },
  { dialect: 'traceloop', typeOf: word('llm.request.type', requestTypes) },
  { dialect: 'genkit', typeOf: word('genkit:metadata:subtype', genkitSubtypes) },
  { dialect: 'genkit', typeOf: word('genkit:type', { util: 'chain' }) },
  { dialect: 'mlflow', typeOf: word('mlflow.spanType', mlflowTypes) },
  { dialect: 'laminar', typeOf: word('lmnr.span.type', laminarTypes) },
  { dialect: 'adk', typeOf: (reading) => (hasAdkRequest(reading) ? 'llm' : undefined) },
  { dialect: 'mcp', typeOf: mcpType },
  { dialect: 'gen-ai', typeOf: bareToolType },
  { dialect: 'gen-ai', typeOf: bareCallType },
  { dialect: 'otel', typeOf: (reading) => (isVectorQuery(reading) ? 'retriever' : undefined) },
  // From here on, spans that the rules above know nothing of.
  { dialect: 'spring-ai', typeOf: word('spring.ai.kind', springAiKinds) },
  { dialect: 'pydantic-ai', typeOf: (reading) => (hasAgentRun(reading) ? 'agent' : undefined) },
  { dialect: 'livekit', typeOf: (reading) => (reading.has('lk.function_tool.name') ? 'tool' : undefined) },
  { dialect: 'voltagent', typeOf: voltAgentType },
]

/** The type an attribute names, in any case, quoted as JSON or not. */
function word(key: string, words: Words): (reading: Reading) => SpanType | undefined {
  return (reading) => typeNamed(quotedText(reading.value(key)), words)
}

function typeNamed(name: string | undefined, words: Words): SpanType | undefined {
  if (name === undefined) return undefined
  const known = Object.hasOwn(words, name) ? name : name.toLowerCase()
  return Object.hasOwn(words, known) ? words[known] : undefined
}

function mastraType(reading: Reading): SpanType | undefined {
  const name = text(reading.value('mastra.span.type'))
  if (name === 'model_generation') return namesModel(reading) ? 'llm' : 'chain'
  return name?.startsWith('workflow_') ? 'chain' : typeNamed(name, mastraTypes)
}

function claudeCodeType(reading: Reading): SpanType | undefined {
  const name = reading.isFrom(claudeCode) ? text(reading.value('span.type')) : undefined
  return name === undefined ? undefined : (typeNamed(name, claudeCodeTypes) ?? 'span')
}

/** Codex traces its own inner workings in the words of others; of hundreds of spans these are about models. */
function codexType(reading: Reading): SpanType | undefined {
  if (!reading.isFrom(codex)) return undefined
  const { name } = reading.subject
  if (name === 'handle_responses' && reading.has('gen_ai.usage.input_tokens')) return 'llm'
  if (name === 'session_task.turn') return 'agent'
  return reading.has('call_id') && reading.value('tool_name') === name ? 'tool' : 'span'
}

function operationType(reading: Reading): SpanType | undefined {
  const name = text(reading.value('gen_ai.operation.name'))
  const type = typeNamed(name, operations)
  if (type !== undefined || name === undefined) return type
  return name.endsWith('_memory') || name.endsWith('_memory_store') ? 'span' : undefined
}

function aiSdkType(reading: Reading): SpanType | undefined {
  const name = text(reading.value('ai.operationId')) ?? text(reading.value('operation.name'))?.split(' ', 1)[0]
  if (!name?.startsWith('ai.')) return undefined
  return typeNamed(name, aiSdkOperations) ?? 'chain'
}

/** ADK's model spans have no operation name; its other spans carry the same key with an empty object. */
function hasAdkRequest(reading: Reading): boolean {
  const request = reading.value('gcp.vertex.agent.llm_request')
  if (typeof request === 'string') return !/^(\{\s*\})?$/.test(request.trim())
  return typeof request === 'object' && Object.keys(request).length > 0
}

function mcpType(reading: Reading): SpanType | undefined {
  const method = text(reading.value('mcp.method.name'))
  return method === undefined ? undefined : method === 'tools/call' ? 'tool' : 'span'
}

/** A tool's name beside a model is that of a tool the model called. */
function bareToolType(reading: Reading): SpanType | undefined {
  const namesTool = reading.has('gen_ai.tool.name') || reading.has('gen_ai.tool.call.id')
  return namesTool && !namesModel(reading) ? 'tool' : undefined
}

function bareCallType(reading: Reading): SpanType | undefined {
  if (!namesModel(reading)) return undefined
  const tellsUsage = [inputTokens, outputTokens, totalTokens].some((field) => reading.peek(field) !== undefined)
  return tellsUsage || reading.mentions(messages) ? 'llm' : undefined
}

function namesModel(reading: Reading): boolean {
  return reading.peek(requestModel) !== undefined || reading.peek(responseModel) !== undefined
}

// Stores that keep nothing but vectors, and those of which only a query by vector is a retrieval.
const vectorStores = [
  'pinecone',
  'chroma',
  'chromadb',
  'qdrant',
  'weaviate',
  'milvus',
  'lancedb',
  'marqo',
  'faiss',
  'vespa',
  'pgvector',
  'pg_vector',
]
const queryWords = ['query', 'search', 'near_']

function isVectorQuery(reading: Reading): boolean {
  const system = text(reading.value('db.system.name')) ?? text(reading.value('db.system'))
  if (system === undefined) return false
  const operation =
    text(reading.value('db.operation.name')) ?? text(reading.value('db.operation')) ?? reading.subject.name
  const queries = queryWords.some((query) => operation.toLowerCase().includes(query))
  return queries && (vectorStores.includes(system.toLowerCase()) || reading.has('db.vector.query.content'))
}

function hasAgentRun(reading: Reading): boolean {
  return reading.has('pydantic_ai.all_messages') || reading.has('all_messages_events')
}

/** A root span of VoltAgent has no type of its own; the others inherit its `entity.type`. */
function voltAgentType(reading: Reading): SpanType | undefined {
  if (!reading.has('entity.type') && !reading.has('voltagent.operation_id')) return undefined
  return typeNamed(text(reading.value('span.type')) ?? text(reading.value('entity.type')), voltAgentTypes)
}
