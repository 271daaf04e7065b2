import type { SpanType } from '@tracellm/core'
import type { StepJson } from '@tracellm/core/wire'

/** What a row says of a step: what was done first, and what helps to tell it from others. */
export interface StepTitle {
  readonly name: string
  readonly about: string | undefined
}

/** A call to a model is told by what came out of it, anything else by its name and what went in. */
export function stepTitle(step: StepJson): StepTitle {
  const name = step.tool_name ?? step.name
  if (step.type !== 'llm') return { name, about: unlessSaid(step.summary, name) }
  const said = step.summary ?? name
  return { name: said, about: unlessSaid(step.model_name, said) }
}

function unlessSaid(text: string | null, name: string): string | undefined {
  return text === null || name.includes(text) ? undefined : text
}

/** What kind of step it is, in words. */
export const typeWords: Readonly<Record<SpanType, string>> = {
  llm: 'LLM call',
  tool: 'Tool call',
  embedding: 'Embedding',
  retriever: 'Retrieval',
  reranker: 'Reranking',
  agent: 'Agent',
  chain: 'Chain',
  guardrail: 'Guardrail',
  evaluator: 'Evaluation',
  prompt: 'Prompt',
  event: 'Event',
  span: 'Span',
}
