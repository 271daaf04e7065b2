import type { Cost } from '../span/cost.ts'
import type { ModelCall, SpanType } from '../span/span.ts'
import { hasUsage, type Usage } from '../span/usage.ts'
import { correctUsage, type SentUsage } from './corrections.ts'
import { present } from './present.ts'
import type { Reading } from './reading.ts'
import { costNanoUsd } from './table/cost.ts'
import { langfuseUsage } from './table/langfuse-usage.ts'
import {
  finishReasons,
  lateFinishReasons,
  provider,
  requestModel,
  responseId,
  responseModel,
  timeToFirstUs,
} from './table/model.ts'
import { params } from './table/params.ts'
import {
  cacheReadTokens,
  cacheWriteTokens,
  inputTokens,
  modalityTokens,
  outputTokens,
  reasoningTokens,
  totalTokens,
} from './table/usage.ts'
import { finishReasonNamed } from './values.ts'

const callTypes: ReadonlySet<SpanType> = new Set(['llm', 'embedding', 'reranker'])
/** On these a model's name is a word about their surroundings. */
const neverCalls: ReadonlySet<SpanType> = new Set(['span', 'tool', 'event'])

/**
 * What a span says of a model call. Agents, chains and the like have one when they carry a roll-up; a provider alone
 * is none.
 * @param fromMessages finish reasons that stood in the messages, as the client wrote them.
 * @param failed whether the call failed, and so may really have cost nothing.
 */
export function readCall(
  reading: Reading,
  fromMessages: readonly string[] | undefined,
  failed: boolean,
): ModelCall | undefined {
  if (neverCalls.has(reading.type)) return undefined
  const usage = readUsage(reading)
  const models = { requestModel: reading.first(requestModel), responseModel: reading.first(responseModel) }
  const cost = readCost(reading, usage, failed)
  const says = usage ?? cost ?? models.requestModel ?? models.responseModel
  if (says === undefined && !callTypes.has(reading.type)) return undefined
  return present({
    provider: reading.first(provider),
    ...models,
    responseId: reading.first(responseId),
    finishReasons:
      reading.first(finishReasons) ?? fromMessages?.map(finishReasonNamed) ?? reading.first(lateFinishReasons),
    params: reading.merged(params),
    usage,
    cost,
    timeToFirstUs: reading.first(timeToFirstUs),
  })
}

function readUsage(reading: Reading): Usage | undefined {
  const usage = reading.first(langfuseUsage) ?? readCounts(reading)
  return present({
    inputTokens: usage.input,
    outputTokens: usage.output,
    cacheReadTokens: usage.cacheRead,
    cacheWriteTokens: usage.cacheWrite,
    reasoningTokens: usage.reasoning,
    modalities: reading.merged(modalityTokens),
  })
}

function readCounts(reading: Reading): SentUsage {
  const input = reading.firstWithRow(inputTokens)
  const output = reading.firstWithRow(outputTokens)
  const total = reading.peek(totalTokens)
  const usage = correctUsage(
    {
      input: input?.value,
      output: output?.value,
      total,
      cacheRead: reading.first(cacheReadTokens),
      cacheWrite: reading.first(cacheWriteTokens),
      reasoning: reading.first(reasoningTokens),
    },
    { inputKey: input?.row.key, outputKey: output?.row.key, reading },
  )
  // A total is not kept apart, so one that is another sum stays where it was.
  if ((usage.input ?? 0) + (usage.output ?? 0) === total) reading.first(totalTokens)
  return usage
}

/** A cost of 0 is said by clients without a price list too: it is believed where nothing was used. */
function readCost(reading: Reading, usage: Usage | undefined, failed: boolean): Cost | undefined {
  const nanoUsd = reading.peek(costNanoUsd)
  if (nanoUsd === undefined) return undefined
  const usedNothing = hasUsage(usage) ? (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0) === 0 : failed
  if (nanoUsd === 0 && !usedNothing) return undefined
  reading.first(costNanoUsd)
  return { nanoUsd, source: 'reported' }
}
