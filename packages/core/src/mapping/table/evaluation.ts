import { isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts'
import type { AttributeValue } from '../../otlp/any-value.ts'
import type { Evaluation } from '../../span/span.ts'
import { field, type Reader } from '../field.ts'
import { flatList } from '../flat-list.ts'
import { present } from '../present.ts'
import { text } from '../readers.ts'
import { toJsonObject } from '../to-json.ts'

/** Evaluations and feedback that clients put on spans. */

type Target = Evaluation['target']

/** A score may well be negative. */
const score = (value: AttributeValue | null): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** @param get what stands under `name`, `score`, `label`, `explanation`, `annotator_kind`. */
function evaluationOf(get: (name: string) => JsonValue | undefined, target: Target): Evaluation | undefined {
  const textAt = (name: string): string | undefined => text((get(name) ?? undefined) as AttributeValue)
  const name = textAt('name')
  if (name === undefined) return undefined
  return {
    name,
    ...present({
      value: score((get('score') ?? undefined) as AttributeValue),
      label: textAt('label'),
      explanation: textAt('explanation'),
      annotatorKind: textAt('annotator_kind'),
    }),
    target,
  }
}

/** `evaluations.0.evaluation.name` and so on. Identifiers and metadata stay in the attributes. */
function flat(item: 'evaluation' | 'annotation', target: Target): Reader<readonly Evaluation[]> {
  const parts = ['name', 'score', 'label', 'explanation', 'annotator_kind']
  const isPart = (key: string): boolean => parts.some((part) => key.endsWith(`.${item}.${part}`))
  return (_value, reading, familyKey) => {
    const { items, markUsed } = flatList(reading, familyKey, isPart)
    markUsed()
    return items.flatMap((found) => {
      const held = isJsonObject(found) ? found[item] : undefined
      const evaluation = isJsonObject(held) ? evaluationOf((name) => held[name], target) : undefined
      return evaluation === undefined ? [] : [evaluation]
    })
  }
}

/** An evaluator's span is an evaluation. */
const topLevel: Reader<readonly Evaluation[]> = (_value, reading) => {
  const evaluation = evaluationOf((name) => reading.plain(`evaluation.${name}`), 'span')
  if (evaluation === undefined) return undefined
  for (const name of ['name', 'score', 'label', 'explanation', 'annotator_kind'])
    reading.ledger.use(`evaluation.${name}`)
  return [evaluation]
}

const resultEvent: Reader<readonly Evaluation[]> = (_value, reading, key) =>
  reading.eventsNamed(key.slice(1)).flatMap(({ attributes }) => genAiEvaluation(toJsonObject(attributes)) ?? [])

/** `gen_ai.evaluation.*`, of an event or of a log record. */
export function genAiEvaluation(attributes: JsonObject): Evaluation | undefined {
  return evaluationOf((name) => attributes[`gen_ai.evaluation.${genAiNames[name] ?? name}`], 'span')
}

const genAiNames: Readonly<Record<string, string>> = { score: 'score.value', label: 'score.label' }

export const evaluations = field<readonly Evaluation[]>(topLevel, [
  ['@gen_ai.evaluation.result', 'gen-ai', resultEvent],
  ['evaluations.#', 'openinference', flat('evaluation', 'span')],
  ['annotations.#', 'openinference', flat('annotation', 'span')],
  ['trace.evaluations.#', 'openinference', flat('evaluation', 'trace')],
  ['trace.annotations.#', 'openinference', flat('annotation', 'trace')],
  ['session.evaluations.#', 'openinference', flat('evaluation', 'session')],
  ['session.annotations.#', 'openinference', flat('annotation', 'session')],
  ['evaluation.name', 'openinference'],
])
