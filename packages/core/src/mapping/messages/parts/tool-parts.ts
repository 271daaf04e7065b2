import { isJsonObject, type JsonObject, type JsonValue } from '../../../json/json-value.ts'
import { anyField, objectField, textField } from '../fields.ts'
import { toolCallPart, toolResultPart, type PartReader, type ToolCallPart } from '../part.ts'

/**
 * A call as a part or as an item of `tool_calls`: the name and the arguments beside the id, or one level down.
 * The id is that of the call, which its result repeats, not that of the item.
 */
export function readToolCall(raw: JsonObject): ToolCallPart | undefined {
  const call = objectField(raw, 'tool_call', 'toolUse') ?? raw
  const target = objectField(call, 'function', 'custom') ?? call
  return toolCallPart({
    id: textField(call, 'call_id', 'id', 'toolCallId', 'toolUseId', 'ref'),
    name: textField(target, 'name', 'toolName'),
    args: anyField(target, 'arguments', 'args', 'input', 'server_tool_call'),
  })
}

/** The result of a call as a part. */
export const readToolResult: PartReader = (raw) => {
  const answer = objectField(raw, 'toolResult') ?? raw
  const { result, isError } = unwrap(anyField(answer, ...resultFields))
  return toolResultPart({
    id: textField(answer, 'tool_use_id', 'toolUseId', 'toolCallId', 'call_id', 'tool_call_id', 'id', 'ref'),
    name: textField(answer, 'name', 'toolName', 'tool_name'),
    result,
    isError: isError || answer.is_error === true || answer.isError === true || answer.status === 'error',
  })
}

const resultFields = ['response', 'result', 'output', 'content', 'server_tool_call_response']

/** AI SDK from 5: `{ type: 'json', value }`, and `error-json` where it failed. */
function unwrap(result: JsonValue | undefined): { result: JsonValue | undefined; isError: boolean } {
  if (!isJsonObject(result) || typeof result.type !== 'string' || !Object.hasOwn(result, 'value')) {
    return { result, isError: false }
  }
  return { result: result.value, isError: result.type.startsWith('error-') }
}

/** Parts that are a call or the result of one, by their `type`. */
export const toolParts: Readonly<Record<string, PartReader>> = {
  tool_call: readToolCall,
  'tool-call': readToolCall,
  tool_use: readToolCall,
  server_tool_use: readToolCall,
  mcp_tool_use: readToolCall,
  server_tool_call: readToolCall,
  function_call: readToolCall,
  custom_tool_call: readToolCall,
  toolUse: readToolCall,
  tool_call_response: readToolResult,
  server_tool_call_response: readToolResult,
  tool_result: readToolResult,
  'tool-result': readToolResult,
  function_call_output: readToolResult,
  custom_tool_call_output: readToolResult,
  toolResult: readToolResult,
}

/** Anthropic's own tools answer with types of their own: `web_search_tool_result`. */
export function isToolResultType(type: string): boolean {
  return type.endsWith('_tool_result')
}
