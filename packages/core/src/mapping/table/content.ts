import {
  adkValue,
  aiSdkOutput,
  choiceEvent,
  embeddedTexts,
  eventList,
  flat,
  genAiInput,
  inEvent,
  jsonTexts,
  liveKitInput,
  mastra,
  messageEvents,
  oldEvents,
  openInferenceInput,
  shaped,
  toolOutputEvent,
  toolValue,
  value,
  withMimeType,
} from '../content-readers.ts'
import { field } from '../field.ts'
import type { MessageShape, Side } from '../messages/index.ts'
import { inScope } from '../readers.ts'
import { claudeCode, codingClis } from './scopes.ts'

/** Where the input and the output of a step are, in order of trust. */

const detailsEvent = '@gen_ai.client.inference.operation.details'

export const input = field(shaped('any', 'input'), [
  ['langfuse.observation.input', 'langfuse'],
  ['gen_ai.input.messages', 'gen-ai', genAiInput],
  [detailsEvent, 'gen-ai', inEvent('input', 'gen_ai.input.messages')],
  ...messageEvents.map((name) => [`@${name}`, 'gen-ai', oldEvents('input')] as const),
  ['@gen_ai.content.prompt', 'gen-ai', inEvent('input', 'gen_ai.prompt')],
  ['llm.input_messages.#', 'openinference', openInferenceInput],
  ['llm.prompts.#', 'openinference', flat('openinference', 'input', (prompts) => ({ prompts }))],
  ['gen_ai.prompt.#', 'traceloop', flat('traceloop', 'input')],
  ['ai.prompt.messages', 'ai-sdk', shaped('ai-sdk', 'input')],
  ['ai.prompt', 'ai-sdk', shaped('ai-sdk', 'input')],
  ['ai.values', 'ai-sdk', jsonTexts],
  ['ai.value', 'ai-sdk', jsonTexts],
  ['gen_ai.prompt', 'gen-ai'],
  ['gen_ai.tool.call.arguments', 'gen-ai', toolValue],
  ['ai.toolCall.args', 'ai-sdk', toolValue],
  ['gen_ai.tool.args', 'gen-ai', toolValue],
  ['tool_arguments', 'pydantic-ai', toolValue],
  ['full_command', 'claude-code', inScope(claudeCode, toolValue)],
  ['tool_input', 'claude-code', inScope(claudeCode, toolValue)],
  ['function_args', 'gemini-cli', inScope(codingClis, toolValue)],
  ['gcp.vertex.agent.llm_request', 'adk', shaped('gemini', 'input')],
  ['gcp.vertex.agent.tool_call_args', 'adk', adkValue],
  ['genkit:input', 'genkit', shaped('genkit', 'input')],
  ['mastra.*', 'mastra', mastra('input')],
  ['pydantic_ai.all_messages', 'pydantic-ai', shaped('gen-ai', 'input')],
  ['all_messages_events', 'pydantic-ai', eventList('input')],
  ['events', 'pydantic-ai', eventList('input')],
  ['mlflow.spanInputs', 'mlflow'],
  ['lmnr.span.input', 'laminar'],
  ['lk.chat_ctx', 'livekit', liveKitInput],
  ['lk.user_transcript', 'livekit', value],
  ['lk.user_input', 'livekit', value],
  ['lk.input_text', 'livekit', value],
  ['lk.function_tool.arguments', 'livekit', value],
  ['input.value', 'openinference', withMimeType('input')],
  ['spring.ai.tool.call.arguments', 'spring-ai', value],
  ['traceloop.entity.input', 'traceloop'],
  ['user_prompt', 'claude-code', inScope(codingClis, value)],
  ['agent.messages', 'voltagent'],
  ['llm.messages', 'voltagent'],
  ['input', 'homemade'],
  ['request_data', 'logfire'],
  ['embedding.embeddings.#', 'openinference', embeddedTexts],
])

export const output = field(shaped('any', 'output'), [
  ['langfuse.observation.output', 'langfuse'],
  ['gen_ai.output.messages', 'gen-ai', shaped('gen-ai', 'output')],
  [detailsEvent, 'gen-ai', inEvent('output', 'gen_ai.output.messages')],
  [`@${choiceEvent}`, 'gen-ai', oldEvents('output')],
  ['@gen_ai.content.completion', 'gen-ai', inEvent('output', 'gen_ai.completion')],
  ['llm.output_messages.#', 'openinference', flat('openinference', 'output')],
  ['llm.choices.#', 'openinference', flat('openinference', 'output', (choices) => ({ choices }))],
  ['gen_ai.completion.#', 'traceloop', flat('traceloop', 'output')],
  ['ai.response.text', 'ai-sdk', aiSdkOutput('ai.response.')],
  ['ai.response.reasoning', 'ai-sdk', aiSdkOutput('ai.response.')],
  ['ai.response.toolCalls', 'ai-sdk', aiSdkOutput('ai.response.')],
  ['ai.response.object', 'ai-sdk', aiSdkOutput('ai.response.')],
  ['ai.result.text', 'ai-sdk', aiSdkOutput('ai.result.')],
  ['ai.result.toolCalls', 'ai-sdk', aiSdkOutput('ai.result.')],
  ['ai.result.object', 'ai-sdk', aiSdkOutput('ai.result.')],
  ['ai.embeddings', 'ai-sdk', jsonTexts],
  ['ai.embedding', 'ai-sdk', jsonTexts],
  ['gen_ai.completion', 'gen-ai'],
  ['gen_ai.tool.call.result', 'gen-ai', toolValue],
  ['ai.toolCall.result', 'ai-sdk', toolValue],
  ['tool_response', 'pydantic-ai', toolValue],
  ['@tool.output', 'claude-code', toolOutputEvent],
  ['gcp.vertex.agent.llm_response', 'adk', shaped('gemini', 'output')],
  ['gcp.vertex.agent.tool_response', 'adk', adkValue],
  ['genkit:output', 'genkit', shaped('genkit', 'output')],
  ['mastra.*', 'mastra', mastra('output')],
  ['final_result', 'pydantic-ai'],
  ['all_messages_events', 'pydantic-ai', eventList('output')],
  ['events', 'pydantic-ai', eventList('output')],
  ['mlflow.spanOutputs', 'mlflow'],
  ['lmnr.span.output', 'laminar'],
  ['lk.response.text', 'livekit', value],
  ['lk.response.function_calls', 'livekit', value],
  ['lk.function_tool.output', 'livekit', value],
  ['output.value', 'openinference', withMimeType('output')],
  ['spring.ai.tool.call.result', 'spring-ai', value],
  ['traceloop.entity.output', 'traceloop'],
  ['output', 'homemade'],
  ['response_data', 'logfire'],
])

/** Keys that only a model's messages stand under. */
export const messages = field<never>(
  () => undefined,
  [
    'gen_ai.input.messages',
    'gen_ai.output.messages',
    'llm.input_messages.#',
    'llm.output_messages.#',
    'llm.prompts.#',
    'llm.choices.#',
    'gen_ai.prompt.#',
    'gen_ai.completion.#',
    'gen_ai.prompt',
    'gen_ai.completion',
    detailsEvent,
    '@gen_ai.content.prompt',
    '@gen_ai.content.completion',
    ...messageEvents.map((name) => `@${name}`),
    `@${choiceEvent}`,
    'ai.prompt.messages',
    'ai.response.text',
    'ai.response.toolCalls',
    'lk.chat_ctx',
    'lk.response.text',
    'events',
    'request_data',
  ].map((key) => [key, 'gen-ai'] as const),
)

/**
 * Where clients write the body of the request or response down once more, beside its messages. Where it says the very
 * same it is used up with them, but for what else stands in it.
 */
export const repeats = {
  input: [
    ['input.value', 'any'],
    ['gcp.vertex.agent.llm_request', 'gemini'],
    ['mlflow.spanInputs', 'any'],
    ['lmnr.span.input', 'any'],
  ],
  output: [
    ['output.value', 'any'],
    ['gcp.vertex.agent.llm_response', 'gemini'],
    ['mlflow.spanOutputs', 'any'],
    ['lmnr.span.output', 'any'],
  ],
} as const satisfies Record<Side, readonly (readonly [key: string, shape: MessageShape])[]>

export const traceInput = field(shaped('any', 'input'), [['langfuse.trace.input', 'langfuse']])
export const traceOutput = field(shaped('any', 'output'), [['langfuse.trace.output', 'langfuse']])
