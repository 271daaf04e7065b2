import type { CallReport, ClientReport } from './client-report.ts'
import {
  anthropicCall,
  expectedReport,
  failedCall,
  noTokens,
  openaiCall,
  trace,
  weatherTool,
} from './expected-report.ts'

/** The four calls that every program makes, in this order, before those that not every library has. */
const conversation = ['text', 'streamedText', 'toolCall', 'toolAnswer'] as const

/** What the run of each library's program comes to. What a library is known not to say is named above it. */
export const knownClients: Readonly<Record<string, ClientReport>> = {
  // It has no word for tags and metadata: the program's own span carries session and user. It counts neither cached
  // nor reasoning tokens. Its messages are in log records alone; it has none for an embedding.
  'otel-contrib-openai': expectedReport({
    traces: [trace('failed', { tags: [], tenant: null })],
    calls: [
      ...conversation.map((kind) => withoutDetails(openaiCall(kind))),
      withoutDetails(openaiCall('text')), // of the Responses API
      openaiCall('embedding', { said: [] }),
      failedCall(500),
    ],
    tools: [],
  }),

  // A stream has no usage, and the model asked for instead of the one that answered. An embedding has no usage, and a
  // call that fails leaves no span.
  'openinference-openai': expectedReport({
    traces: [trace('success')],
    calls: [
      openaiCall('text'),
      openaiCall('streamedText', { model: 'gpt-4o-mini', tokens: noTokens }),
      openaiCall('toolCall'),
      openaiCall('toolAnswer'),
      openaiCall('text'), // of the Responses API
      openaiCall('embedding', { tokens: noTokens }),
    ],
    tools: [],
  }),

  // Every call has the model asked for; of a tool with one argument there is only its value.
  'openinference-langchain': expectedReport({
    traces: [trace('success'), trace('success'), trace('success'), trace('failed')],
    calls: [...conversation.map((kind) => openaiCall(kind, { model: 'gpt-4o-mini' })), failedCall(500)],
    tools: [{ ...weatherTool, input: 'Lisbon', output: '{"celsius":24}' }],
  }),

  // The Anthropic SDK traces itself inside: each call is two spans and counts once.
  'openinference-anthropic': expectedReport({
    traces: [trace('failed', { provider: 'anthropic' })],
    calls: [...conversation.map(anthropicCall), failedCall(429)],
    tools: [],
  }),

  // A trace for each function of the SDK; the fourth asks Groq.
  'ai-sdk-6': expectedReport({
    traces: [
      trace('success'),
      trace('success'),
      trace('success'),
      trace('success', { provider: 'groq' }),
      trace('success'),
      trace('failed'),
    ],
    calls: [
      ...conversation.map((kind) => openaiCall(kind)),
      openaiCall('streamedText', { model: 'llama-3.3-70b-versatile' }),
      openaiCall('embedding'),
      failedCall(500),
    ],
    tools: [weatherTool],
  }),

  'ai-sdk-7': expectedReport({
    traces: (['success', 'success', 'success', 'success', 'failed'] as const).map((status) => trace(status)),
    calls: [...conversation.map((kind) => openaiCall(kind)), openaiCall('embedding'), failedCall(500)],
    tools: [weatherTool],
  }),

  // It names no provider. A stream has the model asked for; an embedding is a generation without usage.
  langfuse: expectedReport({
    traces: [trace('failed', { provider: null })],
    calls: [
      openaiCall('text'),
      openaiCall('streamedText', { model: 'gpt-4o-mini' }),
      openaiCall('toolCall'),
      openaiCall('toolAnswer'),
      openaiCall('embedding', { type: 'llm', said: ['user: Lisbon in spring'], tokens: noTokens }),
      failedCall(500),
    ],
    tools: [weatherTool],
  }),
}

function withoutDetails(call: CallReport): CallReport {
  return { ...call, tokens: { ...call.tokens, cacheRead: 0, reasoning: 0 } }
}
