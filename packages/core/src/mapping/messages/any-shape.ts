import { isJsonArray, isJsonObject, type JsonValue } from '../../json/json-value.ts'
import { jsonOrText } from '../parse-json.ts'
import { readAnthropic } from './anthropic.ts'
import { readBedrock } from './bedrock.ts'
import { readGemini } from './gemini.ts'
import { readGenkit } from './genkit.ts'
import { readLangChain } from './langchain.ts'
import type { ReadContent, ShapeReader } from './message-shape.ts'
import { readOldEvents } from './old-events.ts'
import { readOpenAi } from './openai.ts'

/** Those that are surest of what they see come first. */
const readers: readonly ShapeReader[] = [
  readLangChain,
  readGemini,
  readOpenAi,
  readBedrock,
  readGenkit,
  readAnthropic,
  readOldEvents,
]

/** A value of whatever shape: a conversation where one is recognised, else the value as it is. */
export const readAnyShape: ShapeReader = (value, side) =>
  readers.reduce<ReadContent | undefined>((read, reader) => read ?? reader(value, side), undefined) ??
  readHeld(value, side) ?? { content: { form: 'value', value } }

/** Programs hand on what they got in an object of one field: `{ output: {…} }`. */
const holders = new Set(['input', 'inputs', 'output', 'outputs', 'request', 'response', 'result'])

function readHeld(value: JsonValue, side: 'input' | 'output'): ReadContent | undefined {
  if (!isJsonObject(value)) return undefined
  const fields = Object.keys(value)
  if (fields.length !== 1 || !holders.has(fields[0]!)) return undefined
  const held = jsonOrText(value[fields[0]!]!)
  if (!isJsonObject(held) && !isJsonArray(held)) return undefined
  return readers.reduce<ReadContent | undefined>((read, reader) => read ?? reader(held, side), undefined)
}
