import { describe, expect, test } from 'vitest'
import type { DecodedSpan } from '../../otlp/span-request.ts'
import { mapSent, sentEvent, sentResource, sentScope, type Sent } from '../hand-made.ts'

type Case = readonly [sent: Sent, type: string, more?: Partial<DecodedSpan>]

const claude = { scope: sentScope('com.anthropic.claude_code.tracing') }
const codex = { scope: sentScope('codex_core') }

const cases: Readonly<Record<string, readonly Case[]>> = {
  langfuse: [
    [{ 'langfuse.observation.type': 'generation' }, 'llm'],
    [{ 'langfuse.observation.type': 'embedding' }, 'embedding'],
    [{ 'langfuse.observation.type': 'guardrail' }, 'guardrail'],
    [{ 'langfuse.observation.type': 'event' }, 'event'],
    [{ 'langfuse.observation.type': 'span', 'openinference.span.kind': 'LLM' }, 'span'],
  ],
  mastra: [
    [{ 'mastra.span.type': 'agent_run' }, 'agent'],
    [{ 'mastra.span.type': 'model_inference' }, 'llm'],
    [{ 'mastra.span.type': 'model_generation' }, 'chain'],
    [{ 'mastra.span.type': 'model_generation', 'gen_ai.request.model': 'gpt-mock' }, 'llm'],
    [{ 'mastra.span.type': 'model_step' }, 'chain'],
    [{ 'mastra.span.type': 'workflow_conditional' }, 'chain'],
    [{ 'mastra.span.type': 'model_chunk', 'openinference.span.kind': 'LLM' }, 'event'],
    [{ 'mastra.span.type': 'mcp_tool_call' }, 'tool'],
  ],
  openinference: [
    [{ 'openinference.span.kind': 'LLM' }, 'llm'],
    [{ 'openinference.span.kind': 'reranker' }, 'reranker'],
    [{ 'openinference.span.kind': 'Agent' }, 'agent'],
    [{ 'openinference.span.kind': 'PROMPT' }, 'prompt'],
    [{ 'openinference.span.kind': 'UNKNOWN', 'gen_ai.operation.name': 'chat' }, 'llm'],
  ],
  langsmith: [
    [{ 'langsmith.span.kind': 'retriever', 'gen_ai.operation.name': 'embeddings' }, 'retriever'],
    [{ 'langsmith.span.kind': 'parser' }, 'chain'],
  ],
  'claude code': [
    [{ 'span.type': 'llm_request' }, 'llm', claude],
    [{ 'span.type': 'interaction', 'gen_ai.operation.name': 'invoke_agent' }, 'agent', claude],
    [{ 'span.type': 'tool' }, 'tool', claude],
    [{ 'span.type': 'tool.execution', 'gen_ai.tool.call.id': 't' }, 'span', claude],
    [{ 'span.type': 'llm_request' }, 'span'],
  ],
  codex: [
    [{ 'gen_ai.usage.input_tokens': 5 }, 'llm', { ...codex, name: 'handle_responses' }],
    [{ model: 'gpt-mock' }, 'span', { ...codex, name: 'handle_responses' }],
    [{}, 'agent', { ...codex, name: 'session_task.turn' }],
    [{ call_id: 'c', tool_name: 'shell' }, 'tool', { ...codex, name: 'shell' }],
    [{ call_id: 'c', tool_name: 'shell' }, 'span', { ...codex, name: 'dispatch' }],
    [{ model: 'gpt-mock', 'gen_ai.usage.input_tokens': 5 }, 'span', { ...codex, name: 'run_turn' }],
    [{}, 'agent', { name: 'session_task.turn', resource: sentResource({ 'service.name': 'codex_exec' }) }],
  ],
  'gen_ai.operation.name': [
    ...['chat', 'text_completion', 'generate_content', 'completion', 'generate', 'llm_call'].map(operation('llm')),
    ...['embeddings'].map(operation('embedding')),
    ...['retrieval', 'search_memory'].map(operation('retriever')),
    ...['rerank'].map(operation('reranker')),
    ...['execute_tool', 'tool_call'].map(operation('tool')),
    ...['invoke_agent', 'create_agent', 'handle_conversation_turn'].map(operation('agent')),
    ...['invoke_workflow', 'plan', 'agent_step', 'model_generation', 'schedule_tool_calls'].map(operation('chain')),
    ...['create_memory', 'delete_memory_store', 'framework'].map(operation('span')),
    ...['model_chunk'].map(operation('event')),
  ],
  'ai sdk': [
    [{ 'ai.operationId': 'ai.generateText.doGenerate' }, 'llm'],
    [{ 'ai.operationId': 'ai.streamObject.doStream' }, 'llm'],
    [{ 'ai.operationId': 'ai.embedMany.doEmbed' }, 'embedding'],
    [{ 'ai.operationId': 'ai.rerank.doRerank' }, 'reranker'],
    [{ 'ai.operationId': 'ai.toolCall' }, 'tool'],
    [{ 'ai.operationId': 'ai.streamText' }, 'chain'],
    [{ 'operation.name': 'ai.streamText.doStream my-function' }, 'llm'],
    [{ 'operation.name': 'db.query' }, 'span'],
  ],
  traceloop: [
    [{ 'traceloop.span.kind': 'workflow', 'llm.request.type': 'chat' }, 'chain'],
    [{ 'traceloop.span.kind': 'task' }, 'chain'],
    [{ 'traceloop.span.kind': 'agent' }, 'agent'],
    [{ 'traceloop.span.kind': 'tool' }, 'tool'],
    [{ 'llm.request.type': 'completion' }, 'llm'],
    [{ 'llm.request.type': 'rerank' }, 'reranker'],
    [{ 'llm.request.type': 'unknown' }, 'span'],
  ],
  genkit: [
    [{ 'genkit:metadata:subtype': 'background-model' }, 'llm'],
    [{ 'genkit:metadata:subtype': 'embedder' }, 'embedding'],
    [{ 'genkit:metadata:subtype': 'tool.v2' }, 'tool'],
    [{ 'genkit:metadata:subtype': 'flow' }, 'chain'],
    [{ 'genkit:type': 'util' }, 'chain'],
  ],
  mlflow: [
    [{ 'mlflow.spanType': '"CHAT_MODEL"' }, 'llm'],
    [{ 'mlflow.spanType': '"PARSER"' }, 'chain'],
    [{ 'mlflow.spanType': 'AGENT' }, 'agent'],
    [{ 'mlflow.spanType': '"UNKNOWN"' }, 'span'],
  ],
  laminar: [
    [{ 'lmnr.span.type': 'LLM' }, 'llm'],
    [{ 'lmnr.span.type': 'EXECUTOR' }, 'agent'],
    [{ 'lmnr.span.type': 'HUMAN_EVALUATOR' }, 'evaluator'],
    [{ 'lmnr.span.type': 'DEFAULT' }, 'chain'],
  ],
  adk: [
    [{ 'gcp.vertex.agent.llm_request': '{"model":"gemini-mock"}' }, 'llm'],
    [{ 'gcp.vertex.agent.llm_request': '{}' }, 'span'],
    [{ 'gcp.vertex.agent.llm_request': '{}', 'gen_ai.tool.name': 'search' }, 'tool'],
  ],
  mcp: [
    [{ 'mcp.method.name': 'tools/call' }, 'tool'],
    [{ 'mcp.method.name': 'tools/list' }, 'span'],
  ],
  'no kind at all': [
    [{ 'gen_ai.tool.name': 'search' }, 'tool'],
    [{ 'gen_ai.tool.call.id': 'c1' }, 'tool'],
    [{ 'gen_ai.tool.name': 'search', 'gen_ai.request.model': 'm', 'gen_ai.usage.input_tokens': 1 }, 'llm'],
    [{ 'gen_ai.request.model': 'm', 'gen_ai.prompt.0.role': 'user' }, 'llm'],
    [{ 'gen_ai.request.model': 'm' }, 'llm', { events: [sentEvent('gen_ai.user.message', { content: 'hi' })] }],
    [{ 'gen_ai.response.model': 'm', 'llm.usage.total_tokens': 3 }, 'llm'],
    [{ 'gen_ai.request.model': 'm' }, 'span'],
    [{ model: 'm', 'gen_ai.usage.input_tokens': 1 }, 'span'],
    [{ 'gen_ai.prompt.name': 'greeting', 'gen_ai.request.model': 'm' }, 'span'],
    [{ 'http.request.method': 'GET' }, 'span'],
  ],
  'vector stores': [
    [{ 'db.system': 'Pinecone', 'db.operation': 'query' }, 'retriever'],
    [{ 'db.system.name': 'qdrant', 'db.operation.name': 'search_batch' }, 'retriever'],
    [{ 'db.system': 'chroma' }, 'retriever', { name: 'chroma.query' }],
    [{ 'db.system': 'chroma', 'db.operation': 'add' }, 'span'],
    [{ 'db.system': 'postgresql', 'db.operation': 'query' }, 'span'],
    [{ 'db.system': 'redis', 'db.operation.name': 'query', 'db.vector.query.content': 'q' }, 'retriever'],
  ],
  'spring ai, pydantic ai, livekit, voltagent': [
    [{ 'spring.ai.kind': 'tool_call', 'gen_ai.operation.name': 'framework' }, 'tool'],
    [{ 'spring.ai.kind': 'advisor' }, 'chain'],
    [{ 'pydantic_ai.all_messages': '[]' }, 'agent'],
    [{ 'lk.function_tool.name': 'search' }, 'tool'],
    [{ 'entity.type': 'agent' }, 'agent'],
    [{ 'entity.type': 'agent', 'span.type': 'llm' }, 'llm'],
    [{ 'span.type': 'llm' }, 'span'],
  ],
}

function operation(type: string): (name: string) => Case {
  return (name) => [{ 'gen_ai.operation.name': name }, type]
}

describe('spanTypeRules', () => {
  for (const [group, rows] of Object.entries(cases)) {
    const named = rows.map(([sent, type, more]) => ({ sent, type, more }))
    test.each(named)(`${group}: $sent is $type`, ({ sent, type, more }) => expect(mapSent(sent, more).type).toBe(type))
  }

  test('the rule that was used names its dialect', () => {
    expect(mapSent({ 'openinference.span.kind': 'CHAIN' }).source.dialects).toEqual(['openinference'])
    expect(mapSent({}).source.dialects).toEqual([])
  })
})
