import { at, field, type Reader } from '../field.ts'
import { inScope, tokens } from '../readers.ts'
import { claudeCode, codex, geminiCli } from './scopes.ts'

/**
 * Token counts as clients send them. Whether a count holds its parts or leaves them out is for `corrections.ts`.
 * The bare names of coding agents are used in their log records too.
 */

/** The last step's metadata stands on a roll-up as well, where it says nothing of the sum. */
const onCalls: Reader<number> = (value, reading) =>
  reading.type === 'chain' || reading.type === 'agent' ? undefined : tokens(value)

export const inputTokens = field(tokens, [
  ['gen_ai.usage.input_tokens', 'gen-ai'],
  ['gen_ai.usage.prompt_tokens', 'gen-ai'],
  ['llm.token_count.prompt', 'openinference'],
  ['ai.usage.inputTokens', 'ai-sdk'],
  ['ai.usage.promptTokens', 'ai-sdk'],
  ['ai.usage.tokens', 'ai-sdk'],
  ['llm.usage.prompt_tokens', 'traceloop'],
  ['mlflow.chat.tokenUsage', 'mlflow', at('input_tokens')],
  ['langsmith.usage_metadata', 'langsmith', at('input_tokens')],
  ['genkit:output', 'genkit', at('usage.inputTokens')],
  ['gcp.vertex.agent.llm_response', 'adk', at('usageMetadata.promptTokenCount')],
  ['gcp.vertex.agent.llm_response', 'adk', at('usage_metadata.prompt_token_count')],
  ['usage.prompt_tokens', 'voltagent'],
  ['input_tokens', 'claude-code', inScope(claudeCode, tokens)],
  ['input_token_count', 'codex', inScope([codex, geminiCli], tokens)],
  ['gen_ai.aggregated_usage.input_tokens', 'pydantic-ai'],
])

export const outputTokens = field(tokens, [
  ['gen_ai.usage.output_tokens', 'gen-ai'],
  ['gen_ai.usage.completion_tokens', 'gen-ai'],
  ['llm.token_count.completion', 'openinference'],
  ['ai.usage.outputTokens', 'ai-sdk'],
  ['ai.usage.completionTokens', 'ai-sdk'],
  ['llm.usage.completion_tokens', 'traceloop'],
  ['mlflow.chat.tokenUsage', 'mlflow', at('output_tokens')],
  ['langsmith.usage_metadata', 'langsmith', at('output_tokens')],
  ['genkit:output', 'genkit', at('usage.outputTokens')],
  ['gcp.vertex.agent.llm_response', 'adk', at('usageMetadata.candidatesTokenCount')],
  ['gcp.vertex.agent.llm_response', 'adk', at('usage_metadata.candidates_token_count')],
  ['usage.completion_tokens', 'voltagent'],
  ['output_tokens', 'claude-code', inScope(claudeCode, tokens)],
  ['output_token_count', 'codex', inScope([codex, geminiCli], tokens)],
  ['gen_ai.aggregated_usage.output_tokens', 'pydantic-ai'],
])

export const totalTokens = field(tokens, [
  ['gen_ai.usage.total_tokens', 'gen-ai'],
  ['llm.usage.total_tokens', 'traceloop'],
  ['llm.token_count.total', 'openinference'],
  ['ai.usage.totalTokens', 'ai-sdk'],
  ['mlflow.chat.tokenUsage', 'mlflow', at('total_tokens')],
  ['langsmith.usage_metadata', 'langsmith', at('total_tokens')],
  ['genkit:output', 'genkit', at('usage.totalTokens')],
  ['gcp.vertex.agent.llm_response', 'adk', at('usageMetadata.totalTokenCount')],
  ['gcp.vertex.agent.llm_response', 'adk', at('usage_metadata.total_token_count')],
  ['usage.total_tokens', 'voltagent'],
  ['total_token_count', 'gemini-cli', inScope(geminiCli, tokens)],
  ['tool_token_count', 'codex', inScope(codex, tokens)],
])

export const cacheReadTokens = field(tokens, [
  ['gen_ai.usage.cache_read.input_tokens', 'gen-ai'],
  ['gen_ai.usage.cache_read_input_tokens', 'gen-ai'],
  ['gen_ai.usage.cached_input_tokens', 'gen-ai'],
  ['llm.token_count.prompt_details.cache_read', 'openinference'],
  ['ai.usage.inputTokenDetails.cacheReadTokens', 'ai-sdk'],
  ['ai.usage.cachedInputTokens', 'ai-sdk'],
  ['gen_ai.usage.input_token_details', 'langsmith', at('cache_read')],
  ['gen_ai.usage.details.cache_read_tokens', 'pydantic-ai'],
  ['langsmith.usage_metadata', 'langsmith', at('input_token_details.cache_read')],
  ['mlflow.chat.tokenUsage', 'mlflow', at('cache_read_input_tokens')],
  ['genkit:output', 'genkit', at('usage.cachedContentTokens')],
  ['ai.response.providerMetadata', 'ai-sdk', at('anthropic.usage.cache_read_input_tokens', onCalls)],
  ['ai.response.providerMetadata', 'ai-sdk', at('anthropic.cacheReadInputTokens', onCalls)],
  ['gcp.vertex.agent.llm_response', 'adk', at('usageMetadata.cachedContentTokenCount')],
  ['gcp.vertex.agent.llm_response', 'adk', at('usage_metadata.cached_content_token_count')],
  ['cache_read_tokens', 'claude-code', inScope(claudeCode, tokens)],
  ['cached_token_count', 'codex', inScope(codex, tokens)],
  ['cached_content_token_count', 'gemini-cli', inScope(geminiCli, tokens)],
  ['gen_ai.aggregated_usage.cache_read.input_tokens', 'pydantic-ai'],
])

export const cacheWriteTokens = field(tokens, [
  ['gen_ai.usage.cache_write.input_tokens', 'gen-ai'],
  ['gen_ai.usage.cache_creation.input_tokens', 'gen-ai'],
  ['gen_ai.usage.cache_creation_input_tokens', 'gen-ai'],
  ['gen_ai.usage.cache_write_input_tokens', 'gen-ai'],
  ['gen_ai.usage.cache_write_tokens', 'gen-ai'],
  ['llm.token_count.prompt_details.cache_write', 'openinference'],
  ['ai.usage.inputTokenDetails.cacheWriteTokens', 'ai-sdk'],
  ['gen_ai.usage.input_token_details', 'langsmith', at('cache_creation')],
  ['gen_ai.usage.details.cache_write_tokens', 'pydantic-ai'],
  ['langsmith.usage_metadata', 'langsmith', at('input_token_details.cache_creation')],
  ['mlflow.chat.tokenUsage', 'mlflow', at('cache_creation_input_tokens')],
  ['ai.response.providerMetadata', 'ai-sdk', at('anthropic.usage.cache_creation_input_tokens', onCalls)],
  ['ai.response.providerMetadata', 'ai-sdk', at('anthropic.cacheCreationInputTokens', onCalls)],
  ['cache_creation_tokens', 'claude-code', inScope(claudeCode, tokens)],
  ['cache_write_token_count', 'codex', inScope(codex, tokens)],
  ['gen_ai.aggregated_usage.cache_write.input_tokens', 'pydantic-ai'],
  ['gen_ai.aggregated_usage.cache_creation.input_tokens', 'pydantic-ai'],
])

export const reasoningTokens = field(tokens, [
  ['gen_ai.usage.reasoning.output_tokens', 'gen-ai'],
  ['gen_ai.usage.reasoning_tokens', 'gen-ai'],
  ['llm.usage.reasoning_tokens', 'traceloop'],
  ['llm.token_count.completion_details.reasoning', 'openinference'],
  ['ai.usage.outputTokenDetails.reasoningTokens', 'ai-sdk'],
  ['ai.usage.reasoningTokens', 'ai-sdk'],
  ['gen_ai.usage.output_token_details', 'langsmith', at('reasoning')],
  ['gen_ai.usage.details.reasoning_tokens', 'pydantic-ai'],
  ['langsmith.usage_metadata', 'langsmith', at('output_token_details.reasoning')],
  ['genkit:output', 'genkit', at('usage.thoughtsTokens')],
  ['codex.usage.reasoning_output_tokens', 'codex'],
  ['gcp.vertex.agent.llm_response', 'adk', at('usageMetadata.thoughtsTokenCount')],
  ['gcp.vertex.agent.llm_response', 'adk', at('usage_metadata.thoughts_token_count')],
  ['reasoning_token_count', 'codex', inScope(codex, tokens)],
  ['thoughts_token_count', 'gemini-cli', inScope(geminiCli, tokens)],
])

const part =
  (name: string): Reader<Readonly<Record<string, number>>> =>
  (value) => {
    const count = tokens(value)
    return count === undefined ? undefined : { [name]: count }
  }

/** Parts by modality. They are in no sum. */
export const modalityTokens = field<Readonly<Record<string, number>>>(
  () => undefined,
  [
    ['gen_ai.usage.text.input_tokens', 'gen-ai', part('text.input')],
    ['gen_ai.usage.image.input_tokens', 'gen-ai', part('image.input')],
    ['gen_ai.usage.audio.input_tokens', 'gen-ai', part('audio.input')],
    ['gen_ai.usage.video.input_tokens', 'gen-ai', part('video.input')],
    ['gen_ai.usage.text.output_tokens', 'gen-ai', part('text.output')],
    ['gen_ai.usage.image.output_tokens', 'gen-ai', part('image.output')],
    ['gen_ai.usage.audio.output_tokens', 'gen-ai', part('audio.output')],
    ['gen_ai.usage.video.output_tokens', 'gen-ai', part('video.output')],
    ['gen_ai.usage.text.cache_read.input_tokens', 'gen-ai', part('text.cache_read')],
    ['gen_ai.usage.image.cache_read.input_tokens', 'gen-ai', part('image.cache_read')],
    ['gen_ai.usage.audio.cache_read.input_tokens', 'gen-ai', part('audio.cache_read')],
    ['llm.token_count.prompt_details.audio', 'openinference', part('audio.input')],
    ['llm.token_count.completion_details.audio', 'openinference', part('audio.output')],
  ],
)
