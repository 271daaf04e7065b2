import { isJsonObject, type JsonObject } from '../../json/json-value.ts'
import { at, field, type Reader } from '../field.ts'
import { newJsonObject } from '../to-json.ts'

/** How a model was asked to answer. The names are those of `gen_ai.request.*`, whoever sent them. */

/** One parameter from a key of its own. `seed` is what stands behind `gen_ai.request.`, unless a name is given. */
function param(name: string): Reader<JsonObject> {
  return (_value, reading, key) => {
    const value = reading.plain(key)
    return value === undefined || value === '' ? undefined : { [name]: value }
  }
}

/** Other spellings in the bodies of requests. */
const spellings: Readonly<Record<string, string>> = {
  maxTokens: 'max_tokens',
  maxOutputTokens: 'max_tokens',
  max_output_tokens: 'max_tokens',
  maxCompletionTokens: 'max_completion_tokens',
  topP: 'top_p',
  topK: 'top_k',
  stopSequences: 'stop_sequences',
  stop: 'stop_sequences',
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
  n: 'choice_count',
  reasoning_effort: 'reasoning_level',
  reasoningEffort: 'reasoning_level',
}

/** What bodies of requests hold beside parameters. It is shown in places of its own. */
const notParams = new Set([
  'model',
  'messages',
  'input',
  'prompt',
  'contents',
  'system',
  'instructions',
  'systemInstruction',
  'system_instruction',
  'tools',
  'functions',
])

const paramsOfBody: Reader<JsonObject> = (value, reading, key) => {
  const body = isJsonObject(value) ? value : reading.json(key)
  if (!isJsonObject(body)) return undefined
  const params = newJsonObject()
  for (const name in body) {
    const held = body[name]
    const blank = held === null || held === undefined || held === ''
    if (!blank && !notParams.has(name)) params[Object.hasOwn(spellings, name) ? spellings[name]! : name] = held
  }
  return params
}

export const params = field<JsonObject>(paramsOfBody, [
  ['gen_ai.request.temperature', 'gen-ai', param('temperature')],
  ['gen_ai.request.top_p', 'gen-ai', param('top_p')],
  ['gen_ai.request.top_k', 'gen-ai', param('top_k')],
  ['gen_ai.request.max_tokens', 'gen-ai', param('max_tokens')],
  ['gen_ai.request.max_completion_tokens', 'gen-ai', param('max_completion_tokens')],
  ['gen_ai.request.stop_sequences', 'gen-ai', param('stop_sequences')],
  ['gen_ai.request.seed', 'gen-ai', param('seed')],
  ['gen_ai.openai.request.seed', 'gen-ai', param('seed')],
  ['gen_ai.request.frequency_penalty', 'gen-ai', param('frequency_penalty')],
  ['gen_ai.request.presence_penalty', 'gen-ai', param('presence_penalty')],
  ['gen_ai.request.choice.count', 'gen-ai', param('choice_count')],
  ['gen_ai.request.n', 'gen-ai', param('choice_count')],
  ['gen_ai.request.stream', 'gen-ai', param('stream')],
  ['gen_ai.request.is_stream', 'gen-ai', param('stream')],
  ['llm.is_streaming', 'traceloop', param('stream')],
  ['gen_ai.is_streaming', 'traceloop', param('stream')],
  ['gen_ai.request.reasoning.level', 'gen-ai', param('reasoning_level')],
  ['gen_ai.request.reasoning_effort', 'gen-ai', param('reasoning_level')],
  ['gen_ai.request.encoding_formats', 'gen-ai', param('encoding_formats')],
  ['gen_ai.request.previous_response.id', 'gen-ai', param('previous_response_id')],
  ['gen_ai.request.service_tier', 'gen-ai', param('service_tier')],
  ['openai.request.service_tier', 'gen-ai', param('service_tier')],
  ['gen_ai.openai.request.service_tier', 'gen-ai', param('service_tier')],
  ['gen_ai.output.type', 'gen-ai', param('output_type')],
  ['gen_ai.openai.request.response_format', 'gen-ai', param('output_type')],
  ['gen_ai.embeddings.dimension.count', 'gen-ai', param('dimensions')],
  ['ai.settings.temperature', 'ai-sdk', param('temperature')],
  ['ai.settings.topP', 'ai-sdk', param('top_p')],
  ['ai.settings.topK', 'ai-sdk', param('top_k')],
  ['ai.settings.maxTokens', 'ai-sdk', param('max_tokens')],
  ['ai.settings.maxOutputTokens', 'ai-sdk', param('max_tokens')],
  ['ai.settings.stopSequences', 'ai-sdk', param('stop_sequences')],
  ['ai.settings.seed', 'ai-sdk', param('seed')],
  ['ai.settings.frequencyPenalty', 'ai-sdk', param('frequency_penalty')],
  ['ai.settings.presencePenalty', 'ai-sdk', param('presence_penalty')],
  ['ai.settings.maxRetries', 'ai-sdk', param('max_retries')],
  ['ai.settings.maxSteps', 'ai-sdk', param('max_steps')],
  ['llm.invocation_parameters', 'openinference'],
  ['embedding.invocation_parameters', 'openinference'],
  ['langfuse.observation.model.parameters', 'langfuse'],
  ['genkit:input', 'genkit', at('config')],
])
