import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts'
import { field, type Reader } from '../field.ts'
import { flatList } from '../flat-list.ts'
import { jsonOrText } from '../parse-json.ts'
import { count, text } from '../readers.ts'
import { toJsonObject } from '../to-json.ts'

/** What was looked for, and the documents that were found. */

export const retrievalQuery = field(text, [
  ['gen_ai.retrieval.query.text', 'gen-ai'],
  ['reranker.query', 'openinference'],
  ['db.vector.query.content', 'spring-ai'],
])

export const retrievalTopK = field(count, [
  ['gen_ai.retrieval.top_k', 'gen-ai'],
  ['gen_ai.request.top_k', 'gen-ai'],
  ['reranker.top_k', 'openinference'],
  ['db.vector.query.top_k', 'spring-ai'],
])

export const dataSourceId = field(text, [['gen_ai.data_source.id', 'gen-ai']])

const list: Reader<readonly JsonObject[]> = (_value, reading, key) => {
  const documents = reading.json(key)
  if (!isJsonArray(documents)) return undefined
  const found = documents.filter(isJsonObject)
  return found.length === 0 ? undefined : found
}

/** `0.document.content`, `0.document.metadata` (JSON) and so on. */
const flat: Reader<readonly JsonObject[]> = (_value, reading, familyKey) => {
  const { items, markUsed } = flatList(reading, familyKey)
  const found = items.map(documentOf).filter((document) => document !== undefined)
  if (found.length === 0) return undefined
  markUsed()
  return found
}

function documentOf(item: JsonValue): JsonObject | undefined {
  const document = isJsonObject(item) ? item['document'] : undefined
  if (!isJsonObject(document)) return undefined
  const { metadata } = document
  return metadata === undefined ? document : { ...document, metadata: jsonOrText(metadata) }
}

/** One event a document, its attributes named `db.query.result.id` and so on. */
const resultEvents: Reader<readonly JsonObject[]> = (_value, reading, key) => {
  const name = key.slice(1)
  const events = reading.eventsNamed(name)
  for (const event of events) reading.ledger.useEvent(event)
  return events.map((event) => withoutPrefix(toJsonObject(event.attributes), `${name}.`))
}

function withoutPrefix(object: JsonObject, prefix: string): JsonObject {
  const entries = Object.entries(object).map(([key, value]) => [
    key.startsWith(prefix) ? key.slice(prefix.length) : key,
    value,
  ])
  return Object.fromEntries(entries) as JsonObject
}

export const documents = field<readonly JsonObject[]>(flat, [
  ['gen_ai.retrieval.documents', 'gen-ai', list],
  ['retrieval.documents.#', 'openinference'],
  ['reranker.output_documents.#', 'openinference'],
  ['reranker.input_documents.#', 'openinference'],
  ['@db.query.result', 'traceloop', resultEvents],
  ['@db.search.result', 'traceloop', resultEvents],
])
