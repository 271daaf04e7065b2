/**
 * What the price list calls the providers that `gen_ai.provider.name` names. One that is not named here is known
 * to the list by its own name or not at all: a local model must not get the price of a namesake.
 */
const listNames: Readonly<Record<string, string>> = {
  'gcp.gemini': 'google',
  'gcp.vertex_ai': 'google',
  'azure.ai.openai': 'azure',
  'azure.ai.inference': 'azure',
  'aws.bedrock': 'aws',
  mistral_ai: 'mistral',
  x_ai: 'x-ai',
  moonshot_ai: 'moonshotai',
}

export function listNameOf(provider: string): string {
  const lower = provider.trim().toLowerCase()
  return Object.hasOwn(listNames, lower) ? listNames[lower]! : lower
}
