import { isJsonObject } from '../../json/json-value.ts'
import type { AttributeValue } from '../../otlp/any-value.ts'
import { maxCallNanoUsd } from '../../span/largest-figures.ts'
import { at, field, type Reader } from '../field.ts'
import { inScope, usd } from '../readers.ts'
import { claudeCode } from './scopes.ts'

/** What clients say a call cost, in whole nano-USD. */

/** `{ input, output, total }`, with names of the sender's choice. */
const sumOrTotal: Reader<number> = (_value, reading, key) => {
  const details = reading.json(key)
  if (!isJsonObject(details)) return undefined
  const total = usd(details['total'] as AttributeValue)
  if (total !== undefined) return total
  const parts = Object.values(details).map((part) => usd(part as AttributeValue))
  return sumOf(parts)
}

const promptAndCompletion: Reader<number> = (_value, reading) => {
  const parts = [usd(reading.value('llm.cost.prompt')), usd(reading.value('llm.cost.completion'))]
  return sumOf(parts)
}

function sumOf(parts: readonly (number | undefined)[]): number | undefined {
  const known = parts.filter((part) => part !== undefined)
  const sum = known.reduce((total, part) => total + part, 0)
  return known.length === 0 || sum > maxCallNanoUsd ? undefined : sum
}

export const costNanoUsd = field(usd, [
  ['langfuse.observation.cost_details', 'langfuse', sumOrTotal],
  ['llm.cost.total', 'openinference'],
  ['llm.cost.prompt', 'openinference', promptAndCompletion],
  ['llm.cost.completion', 'openinference', promptAndCompletion],
  ['gen_ai.usage.cost', 'gen-ai'],
  ['gen_ai.usage.total_cost', 'gen-ai'],
  ['operation.cost', 'pydantic-ai'],
  ['mlflow.llm.cost', 'mlflow', at('total_cost')],
  ['cost_usd', 'claude-code', inScope(claudeCode, usd)],
  ['ai.response.providerMetadata', 'ai-sdk', at('gateway.cost')],
])
