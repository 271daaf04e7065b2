/** Names that mean the same, as one. Source: OpenTelemetry GenAI semantic conventions, `gen_ai.provider.name`. */

const providers: Readonly<Record<string, string>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'gcp.gemini',
  'google.generative-ai': 'gcp.gemini',
  google_genai: 'gcp.gemini',
  googleai: 'gcp.gemini',
  gemini: 'gcp.gemini',
  'gcp.gen_ai': 'gcp.gemini',
  'gcp.gemini': 'gcp.gemini',
  vertexai: 'gcp.vertex_ai',
  vertex_ai: 'gcp.vertex_ai',
  google_vertexai: 'gcp.vertex_ai',
  'google.vertex': 'gcp.vertex_ai',
  'gcp.vertex_ai': 'gcp.vertex_ai',
  azure: 'azure.ai.openai',
  'az.ai.openai': 'azure.ai.openai',
  'azure.ai.openai': 'azure.ai.openai',
  'azure-openai': 'azure.ai.openai',
  azure_openai: 'azure.ai.openai',
  'az.ai.inference': 'azure.ai.inference',
  'azure.ai.inference': 'azure.ai.inference',
  amazon: 'aws.bedrock',
  aws: 'aws.bedrock',
  bedrock: 'aws.bedrock',
  'amazon-bedrock': 'aws.bedrock',
  amazon_bedrock: 'aws.bedrock',
  'aws.bedrock': 'aws.bedrock',
  mistralai: 'mistral_ai',
  mistral: 'mistral_ai',
  mistral_ai: 'mistral_ai',
  xai: 'x_ai',
  x_ai: 'x_ai',
  moonshot: 'moonshot_ai',
  moonshotai: 'moonshot_ai',
  moonshot_ai: 'moonshot_ai',
  groq: 'groq',
  cohere: 'cohere',
  deepseek: 'deepseek',
  perplexity: 'perplexity',
  'ibm.watsonx.ai': 'ibm.watsonx.ai',
  together: 'together',
  togetherai: 'together',
  fireworks: 'fireworks',
  cerebras: 'cerebras',
  ollama: 'ollama',
  openrouter: 'openrouter',
}

/** Frameworks that put their own name where a provider's should be. */
const frameworks = new Set([
  'langchain',
  'langgraph',
  'strands-agents',
  'gcp.vertex.agent',
  'spring_ai',
  'pydantic-ai',
  'llamaindex',
  'llama_index',
  'haystack',
  'crewai',
  'agno',
  'autogen',
  'mastra',
])

/**
 * The one name of a provider: `openai.responses` is `openai`, `google.vertex.chat` is `gcp.vertex_ai`.
 * A name nobody knows is kept as it was sent.
 */
export function providerNamed(name: string): string {
  return knownProvider(name) ?? name
}

/** No provider's name is longer, with all that may stand behind it: such a name is not looked at dot by dot. */
const maxProviderCharacters = 200

/** The same; `undefined` for a name nobody knows. */
export function knownProvider(name: string): string | undefined {
  if (name.length > maxProviderCharacters) return undefined
  let head = name.trim().toLowerCase()
  for (;;) {
    if (Object.hasOwn(providers, head)) return providers[head]
    const dot = head.lastIndexOf('.')
    if (dot === -1) return undefined
    head = head.slice(0, dot)
  }
}

export function isFramework(name: string): boolean {
  return frameworks.has(name.trim().toLowerCase())
}

const finishReasons: Readonly<Record<string, string>> = {
  stop: 'stop',
  end_turn: 'stop',
  endturn: 'stop',
  stop_sequence: 'stop',
  completed: 'stop',
  tool_calls: 'tool_calls',
  tool_call: 'tool_calls',
  tool_use: 'tool_calls',
  tooluse: 'tool_calls',
  function_call: 'tool_calls',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  incomplete: 'length',
  content_filter: 'content_filter',
  safety: 'content_filter',
  refusal: 'content_filter',
  guardrail_intervened: 'content_filter',
  error: 'error',
}

/** Why a model stopped: `stop`, `tool_calls`, `length`, `content_filter`, `error`, or the text that was sent. */
export function finishReasonNamed(reason: string): string {
  const plain = reason
    .trim()
    .toLowerCase()
    .replace(/^finishreason\./, '')
    .replaceAll('-', '_')
  return Object.hasOwn(finishReasons, plain) ? finishReasons[plain]! : reason
}
