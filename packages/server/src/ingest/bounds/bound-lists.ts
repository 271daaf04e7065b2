import {
  cutText,
  isJsonLongerThan,
  maxMetadataCharacters,
  maxMetadataKeys,
  maxNameCharacters,
  maxTagCharacters,
  maxTags,
  startOfJson,
  type Evaluation,
  type JsonObject,
  type JsonValue,
} from '@tracellm/core'
import { shortId, shortName } from '../../short-text.ts'
import { boundTexts, textRows } from './bound-texts.ts'
import { Cuts } from './cuts.ts'

/** The first so many tags, none too long; the list itself where there is nothing to do. Likewise the others. */
export function boundTags(tags: readonly string[], cuts: Cuts): readonly string[] {
  if (tags.length <= maxTags && tags.every((tag) => tag.length <= maxTagCharacters)) return tags
  const short = tags.slice(0, maxTags).map((tag) => shortId(tag, maxTagCharacters))
  const cut = tags.length - short.length + short.filter((tag, place) => tag !== tags[place]).length
  if (cut === 0) return tags
  cuts.keep('tags', tags, cut)
  return short
}

/** The first so many keys. Of a list or object that is too long the start of its JSON, as text. */
export function boundMetadata(metadata: JsonObject, cuts: Cuts): JsonObject {
  if (isWithinBounds(metadata)) return metadata
  const entries = Object.entries(metadata)
  const short = entries
    .slice(0, maxMetadataKeys)
    .map(([key, value]): [string, JsonValue] => [shortId(key), shortValue(value)])
  const changed = short.filter(([key, value], place) => key !== entries[place]![0] || value !== entries[place]![1])
  const cut = entries.length - short.length + changed.length
  if (cut === 0) return metadata
  cuts.keep('metadata', metadata, cut)
  return Object.fromEntries(short)
}

function isWithinBounds(metadata: JsonObject): boolean {
  let keys = 0
  for (const key in metadata) {
    keys += 1
    if (keys > maxMetadataKeys || key.length > maxNameCharacters || isLong(metadata[key]!)) return false
  }
  return true
}

function isLong(value: JsonValue): boolean {
  return typeof value === 'string'
    ? value.length > maxMetadataCharacters
    : isJsonLongerThan(value, maxMetadataCharacters)
}

function shortValue(value: JsonValue): JsonValue {
  if (!isLong(value)) return value
  if (typeof value === 'string') return cutText(value, maxMetadataCharacters)
  // Enough for so many code points, and one that is cut off.
  const start = startOfJson(value, 2 * maxMetadataCharacters + 2)
  const short = cutText(start, maxMetadataCharacters)
  return short === start ? value : short
}

const evaluationTexts = textRows<Evaluation>('', { name: shortId, label: shortId, annotatorKind: shortName })

export function boundEvaluations(evaluations: readonly Evaluation[], cuts: Cuts): readonly Evaluation[] {
  const own = new Cuts()
  const short = evaluations.map((evaluation) => boundTexts(evaluation, evaluationTexts, own))
  if (own.count === 0) return evaluations
  cuts.keep('evaluations', evaluations as readonly object[] as readonly JsonObject[], own.count)
  return short
}
