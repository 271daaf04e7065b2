import type { DecodedSpan } from '@tracellm/core/otlp'
import { decodedSpan } from './made-span.ts'
import type { Random } from './random.ts'
import { prose } from './texts.ts'

/** Model calls of one trace, with a tool between each two. */
const calls = 9
const callUs = 3_000_000

interface AgentMessage {
  readonly role: string
  readonly parts: readonly Record<string, unknown>[]
}

/** What every agent of one application sends with every call. */
export interface AgentApplication {
  readonly system: string
  readonly tools: string
}

export function agentApplication(random: Random): AgentApplication {
  const tools = ['read_file', 'grep', 'edit_file', 'run_tests', 'list_files'].map((name) => ({
    type: 'function',
    name,
    description: prose(random, 160),
    parameters: { type: 'object', properties: { path: { type: 'string', description: prose(random, 60) } } },
  }))
  return { system: prose(random, 2200), tools: JSON.stringify(tools) }
}

/** What one user and the agent say to each other: a trace for each question. */
export interface Conversation {
  readonly session: string
  readonly user: string
  readonly model: string
  /** The last questions and answers: with each question the agent is told them again. */
  turns: readonly AgentMessage[]
  questionsLeft: number
}

const questionsAConversation = 12
const messagesKept = 10

/** @param isUnderWay whether it began before what is measured, and is somewhere in its middle */
export function beginConversation(random: Random, isUnderWay: boolean): Conversation {
  const earlier = isUnderWay ? random.between(0, questionsAConversation) : 0
  return {
    session: `session-${random.between(0, 1_000_000)}`,
    user: `user-${random.between(0, 5000)}`,
    model: random.pick(['gpt-5', 'gpt-5', 'gpt-5-mini', 'claude-sonnet-4-5']),
    turns: Array.from({ length: earlier }, () => [question(random), finalAnswer(random)])
      .flat()
      .slice(-messagesKept),
    questionsLeft: questionsAConversation - earlier,
  }
}

/**
 * One agent's work on one question: 18 spans of about 14 kB as sent, because every call sends the whole conversation
 * again: some 19 messages of which two are new.
 */
export function agentTrace(
  random: Random,
  application: AgentApplication,
  conversation: Conversation,
  startUs: number,
): DecodedSpan[] {
  const traceId = random.hex(32)
  const rootId = random.hex(16)
  const { session, user, model } = conversation
  const asked = question(random)
  const history = [...conversation.turns, asked]
  const spans: DecodedSpan[] = []
  for (let index = 0; index < calls; index += 1) {
    const atUs = startUs + index * callUs
    const callId = `call_${random.hex(16)}`
    const path = `src/${random.hex(4)}/${random.hex(6)}.ts`
    const isLast = index === calls - 1
    const answer = isLast
      ? finalAnswer(random)
      : message(
          'assistant',
          { type: 'text', content: prose(random, 200) },
          { type: 'tool_call', id: callId, name: 'read_file', arguments: { path } },
        )
    spans.push(
      decodedSpan({
        traceId,
        spanId: random.hex(16),
        parentSpanId: rootId,
        name: `chat ${model}`,
        startUs: atUs,
        endUs: atUs + 2_400_000 + random.between(0, 400_000),
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': model.startsWith('gpt') ? 'openai' : 'anthropic',
          'gen_ai.request.model': model,
          'gen_ai.response.model': model,
          'gen_ai.response.id': `resp_${random.hex(24)}`,
          'gen_ai.request.temperature': 0.2,
          'gen_ai.conversation.id': session,
          'user.id': user,
          'gen_ai.usage.input_tokens': 5000 + index * 600,
          'gen_ai.usage.output_tokens': random.between(50, 400),
          'gen_ai.usage.cache_read.input_tokens': index === 0 ? 0 : 4500 + (index - 1) * 600,
          'gen_ai.response.finish_reasons': [isLast ? 'stop' : 'tool_calls'],
          'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: application.system }]),
          'gen_ai.input.messages': JSON.stringify(history),
          'gen_ai.output.messages': JSON.stringify([answer]),
          'gen_ai.tool.definitions': application.tools,
        },
      }),
    )
    history.push(answer)
    if (isLast) conversation.turns = [...conversation.turns, asked, answer].slice(-messagesKept)
    if (isLast) break
    const result = prose(random, random.between(400, 2800))
    const failed = random.next() < 0.03
    spans.push(
      decodedSpan({
        traceId,
        spanId: random.hex(16),
        parentSpanId: rootId,
        name: 'execute_tool read_file',
        startUs: atUs + 2_850_000,
        endUs: atUs + 2_900_000 + random.between(0, 90_000),
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'read_file',
          'gen_ai.tool.call.id': callId,
          'gen_ai.tool.call.arguments': JSON.stringify({ path }),
          'gen_ai.tool.call.result': result,
        },
        ...(failed && { error: `ENOENT: no such file ${path}` }),
      }),
    )
    history.push(message('tool', { type: 'tool_call_response', id: callId, response: result }))
  }
  spans.push(rootSpan({ traceId, rootId, startUs, session, user, asked }))
  return spans
}

interface Root {
  readonly traceId: string
  readonly rootId: string
  readonly startUs: number
  readonly session: string
  readonly user: string
  readonly asked: AgentMessage
}

function rootSpan({ traceId, rootId, startUs, session, user, asked }: Root): DecodedSpan {
  return decodedSpan({
    traceId,
    spanId: rootId,
    name: 'invoke_agent coder',
    startUs,
    endUs: startUs + calls * callUs,
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'coder',
      'gen_ai.conversation.id': session,
      'user.id': user,
      'gen_ai.input.messages': JSON.stringify([asked]),
    },
  })
}

function question(random: Random): AgentMessage {
  return message('user', { type: 'text', content: prose(random, 1000) })
}

function finalAnswer(random: Random): AgentMessage {
  return message('assistant', { type: 'text', content: prose(random, 1300) })
}

function message(role: string, ...parts: Record<string, unknown>[]): AgentMessage {
  return { role, parts }
}
