import { isJsonArray, isJsonObject, type JsonValue } from '../../json/json-value.ts'
import type { AttributeValue } from '../../otlp/any-value.ts'
import { at, field, type Reader } from '../field.ts'
import { flatList } from '../flat-list.ts'
import { jsonOrText } from '../parse-json.ts'

/** The tools a model was offered, as the client describes them: definitions in any form, or names alone. */

const definitions: Reader<JsonValue> = (value) =>
  (isJsonArray(value) && value.length > 0) || isJsonObject(value) ? value : undefined

const parsed: Reader<JsonValue> = (_value, reading, key) =>
  definitions((reading.json(key) ?? null) as AttributeValue | null, reading, key)

/** Each a JSON text. */
const listOfTexts: Reader<JsonValue> = (value, reading, key) => {
  const tools = parsed(value, reading, key)
  return isJsonArray(tools) ? tools.map((tool) => jsonOrText(tool)) : undefined
}

function flat(toolOf: (item: JsonValue) => JsonValue): Reader<JsonValue> {
  return (_value, reading, familyKey) => {
    const { items, markUsed } = flatList(reading, familyKey)
    if (items.length === 0) return undefined
    markUsed()
    return items.map(toolOf)
  }
}

function openInferenceTool(item: JsonValue): JsonValue {
  const tool = isJsonObject(item) ? item['tool'] : undefined
  return isJsonObject(tool) && tool['json_schema'] !== undefined ? jsonOrText(tool['json_schema']) : item
}

/** OpenLLMetry calls the parameters `arguments` in some versions; both are JSON texts. */
function traceloopTool(item: JsonValue): JsonValue {
  if (!isJsonObject(item)) return item
  const { arguments: args, parameters = args, ...tool } = item
  return parameters === undefined ? tool : { ...tool, parameters: jsonOrText(parameters) }
}

export const toolDefinitions = field<JsonValue>(parsed, [
  ['gen_ai.tool.definitions', 'gen-ai'],
  ['llm.tools.#', 'openinference', flat(openInferenceTool)],
  ['ai.prompt.tools', 'ai-sdk', listOfTexts],
  ['llm.request.functions.#', 'traceloop', flat(traceloopTool)],
  ['gen_ai.agent.tools', 'gen-ai'],
  ['mlflow.chat.tools', 'mlflow'],
  ['model_request_parameters', 'pydantic-ai', at('function_tools', definitions)],
  ['llm.invocation_parameters', 'openinference', at('tools', definitions)],
  ['lk.function_tools', 'livekit'],
])
