import { isJsonArray, type JsonValue } from '../../json/json-value.ts'
import { jsonOrText } from '../parse-json.ts'
import { readAiSdk } from './ai-sdk.ts'
import { readAnthropic } from './anthropic.ts'
import { readAnyShape } from './any-shape.ts'
import { readBedrock } from './bedrock.ts'
import { readGemini } from './gemini.ts'
import { readGenAi } from './gen-ai.ts'
import { readGenkit } from './genkit.ts'
import { readLangChain } from './langchain.ts'
import type { MessageShape, ReadContent, ShapeReader, Side } from './message-shape.ts'
import { readOldEvents } from './old-events.ts'
import { readOpenAi } from './openai.ts'
import { readOpenInference } from './openinference.ts'
import { readTraceloop } from './traceloop.ts'

export type { MessageShape, ReadContent, Side } from './message-shape.ts'

const readers: Readonly<Record<MessageShape, ShapeReader>> = {
  'gen-ai': readGenAi,
  'old-events': readOldEvents,
  openinference: readOpenInference,
  traceloop: readTraceloop,
  'ai-sdk': readAiSdk,
  openai: readOpenAi,
  anthropic: readAnthropic,
  gemini: readGemini,
  genkit: readGenkit,
  bedrock: readBedrock,
  langchain: readLangChain,
  any: readAnyShape,
}

/**
 * What a span took in or gave out, in canonical form; `message-shape.ts` says what each shape is given. A value that is
 * not of its shape is read as `any`, whose last resort is the value itself: clients put other things in the same place.
 * @returns `undefined` when there is nothing: the next source may have it.
 */
export function readContent(shape: MessageShape, raw: JsonValue, side: Side): ReadContent | undefined {
  const value = jsonOrText(raw)
  if (value === null || value === '' || (shape !== 'any' && isNothing(value, shape))) return undefined
  return readers[shape](value, side) ?? (shape === 'old-events' ? undefined : readAnyShape(value, side))
}

/** An empty list of messages is nothing; ADK writes `{}` and `N/A` where it has nothing. */
function isNothing(value: JsonValue, shape: MessageShape): boolean {
  if (isJsonArray(value)) return value.length === 0
  return shape === 'gemini' && (value === 'N/A' || (typeof value === 'object' && Object.keys(value!).length === 0))
}
