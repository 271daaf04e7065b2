import { isJsonObject } from '../../json/json-value.ts'
import type { AttributeValue } from '../../otlp/any-value.ts'
import { maxCallTokens } from '../../span/largest-figures.ts'
import type { SentUsage } from '../corrections.ts'
import { field } from '../field.ts'
import { amount } from '../readers.ts'

/**
 * Langfuse's buckets, which do not overlap and have names of the sender's choice: `input`, `input_cached_tokens`,
 * `cache_read_input_tokens`, `output`, `output_reasoning_tokens`, `total`. Where it is there, nothing else counts.
 */
export const langfuseUsage = field<SentUsage>(
  (_value, reading, key) => {
    const details = reading.json(key)
    if (!isJsonObject(details)) return undefined
    const buckets = Object.entries(details).flatMap(([name, value]) => {
      const tokens = amount(value as AttributeValue)
      return tokens === undefined ? [] : [{ name: name.toLowerCase(), tokens: Math.round(tokens) }]
    })
    const sum = (belongs: (name: string) => boolean): number | undefined => {
      const found = buckets.filter(({ name }) => belongs(name))
      return found.length === 0 ? undefined : found.reduce((total, { tokens }) => total + tokens, 0)
    }
    const total = buckets.find(({ name }) => name === 'total' || name === 'total_tokens')?.tokens
    const plain = (name: string): number | undefined => buckets.find((bucket) => bucket.name === name)?.tokens
    // Some senders put the whole into `input` and `output`, and the parts beside it. Their total tells.
    const overlap = total !== undefined && total > 0 && (plain('input') ?? 0) + (plain('output') ?? 0) === total
    const usage = {
      input: overlap ? plain('input') : sum(isInput),
      output: overlap ? plain('output') : sum(isOutput),
      total,
      cacheRead: sum((name) => isInput(name) && name.includes('cache') && !isWrite(name)),
      cacheWrite: sum((name) => isInput(name) && name.includes('cache') && isWrite(name)),
      reasoning: sum((name) => isOutput(name) && name.includes('reasoning')),
    }
    return Object.values(usage).some((tokens) => (tokens ?? 0) > maxCallTokens) ? undefined : usage
  },
  [['langfuse.observation.usage_details', 'langfuse']],
)

function isInput(name: string): boolean {
  return name.startsWith('input') || name.startsWith('cache_') || name.startsWith('prompt')
}

function isOutput(name: string): boolean {
  return name.startsWith('output') || name.startsWith('completion')
}

function isWrite(name: string): boolean {
  return name.includes('creation') || name.includes('write')
}
