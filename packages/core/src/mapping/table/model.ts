import { field, at, type Reader } from '../field.ts'
import { inScope, milliseconds, quotedText, seconds, sinceStart, text, texts } from '../readers.ts'
import { finishReasonNamed, isFramework, knownProvider, providerNamed } from '../values.ts'
import { claudeCode, codex, codingClis, geminiCli } from './scopes.ts'

/** Who was asked, and what came back beside the answer. */

const providerText: Reader<string> = (value) => {
  const name = quotedText(value)
  return name === undefined || isFramework(name) ? undefined : name
}

/** LangChain says it among other things, and calls its own test models providers too. */
const providerInPassing: Reader<string> = (value) => knownProvider(text(value) ?? '')

/** Genkit's models are called `googleai/gemini-2.5-flash`. */
const providerOfPath: Reader<string> = (value, reading, key) => {
  const path = genkitModel(value, reading, key)
  const [head] = path?.includes('/') === true ? path.split('/', 1) : []
  return head === undefined ? undefined : knownProvider(head)
}

const genkitModel: Reader<string> = (value, reading) => {
  const subtype = reading.value('genkit:metadata:subtype')
  const isModel = subtype === 'model' || subtype === 'background-model' || subtype === 'embedder'
  return isModel ? text(value) : undefined
}

export const provider = field(
  providerText,
  [
    ['gen_ai.provider.name', 'gen-ai'],
    ['gen_ai.system', 'gen-ai'],
    ['llm.provider', 'openinference'],
    ['llm.system', 'openinference'],
    ['ai.model.provider', 'ai-sdk'],
    ['mlflow.llm.provider', 'mlflow'],
    ['genkit:name', 'genkit', providerOfPath],
    ['metadata', 'openinference', at('ls_provider', providerInPassing)],
    ['langsmith.metadata.ls_provider', 'langsmith', providerInPassing],
  ],
  providerNamed,
)

export const requestModel = field(text, [
  ['gen_ai.request.model', 'gen-ai'],
  ['llm.request.model_name', 'openinference'],
  ['langfuse.observation.model.name', 'langfuse'],
  ['ai.model.id', 'ai-sdk'],
  ['llm.model_name', 'openinference'],
  ['embedding.model_name', 'openinference'],
  ['reranker.model_name', 'openinference'],
  ['mlflow.llm.model', 'mlflow', quotedText],
  ['genkit:name', 'genkit', genkitModel],
  ['llm.model', 'voltagent'],
  ['model', 'claude-code', inScope(claudeCode, text)],
  ['model', 'codex', inScope(codex, text)],
  ['model', 'gemini-cli', inScope(geminiCli, text)],
])

export const responseModel = field(text, [
  ['gen_ai.response.model', 'gen-ai'],
  ['llm.response.model_name', 'openinference'],
  ['ai.response.model', 'ai-sdk'],
  ['llm.model_name', 'openinference'],
])

export const responseId = field(text, [
  ['gen_ai.response.id', 'gen-ai'],
  ['ai.response.id', 'ai-sdk'],
  ['request_id', 'claude-code', inScope(codingClis, text)],
])

const normalizeReasons = (reasons: readonly string[]): readonly string[] => reasons.map(finishReasonNamed)

export const finishReasons = field(
  texts,
  [
    ['gen_ai.response.finish_reasons', 'gen-ai'],
    ['llm.finish_reason', 'openinference'],
    ['ai.response.finishReason', 'ai-sdk'],
    ['gen_ai.response.finish_reason', 'gen-ai'],
    ['finish_reasons', 'gemini-cli', inScope(geminiCli, texts)],
    ['genkit:output', 'genkit', at('finishReason')],
  ],
  normalizeReasons,
)

/** After what the messages say themselves. */
export const lateFinishReasons = field(
  texts,
  [
    ['anthropic.message.stop_reason', 'anthropic-sdk'],
    ['stop_reason', 'claude-code'],
  ],
  normalizeReasons,
)

export const timeToFirstUs = field(seconds, [
  ['gen_ai.response.time_to_first_chunk', 'gen-ai'],
  ['gen_ai.client.operation.time_to_first_chunk', 'gen-ai'],
  ['gen_ai.server.time_to_first_token', 'gen-ai'],
  ['lk.response.ttft', 'livekit'],
  ['ai.response.msToFirstChunk', 'ai-sdk', milliseconds],
  ['ai.stream.msToFirstChunk', 'ai-sdk', milliseconds],
  ['ttft_ms', 'claude-code', milliseconds],
  ['langfuse.observation.completion_start_time', 'langfuse', sinceStart],
  ['mastra.completion_start_time', 'mastra', sinceStart],
])
