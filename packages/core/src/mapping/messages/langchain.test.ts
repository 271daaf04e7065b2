import { describe, expect, test } from 'vitest'
import { messagesOf, readRaw } from './read-sample.ts'

const made = (name: string, kwargs: object) => ({
  lc: 1,
  type: 'constructor',
  id: ['langchain_core', 'messages', name],
  kwargs: { additional_kwargs: {}, response_metadata: {}, ...kwargs },
})
const words = (role: string, text: string) => ({ role, parts: [{ type: 'text', text }] })
const asked = [made('SystemMessage', { content: 'Be brief.' }), made('HumanMessage', { content: 'Weather?' })]
const calling = made('AIMessage', {
  id: 'chatcmpl-1',
  content: '',
  additional_kwargs: {
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } }],
  },
  tool_calls: [{ name: 'get_weather', args: { city: 'Paris' }, type: 'tool_call', id: 'call_1' }],
  invalid_tool_calls: [],
  usage_metadata: { total_tokens: 59 },
})
const call = { type: 'toolCall', id: 'call_1', name: 'get_weather', args: { city: 'Paris' } }

describe('readContent of LangChain', () => {
  test.each(['langchain', 'any'] as const)('reads the batch of one that a model is called with, as %s', (shape) => {
    expect(messagesOf(shape, JSON.stringify({ messages: [asked] }), 'input')).toEqual([
      words('system', 'Be brief.'),
      words('user', 'Weather?'),
    ])
  })

  test('reads what a model generated: the message as it will be in the next request', () => {
    const raw = {
      generations: [[{ text: '', message: calling, generationInfo: { finish_reason: 'tool_calls' } }]],
      llmOutput: {},
    }
    expect(readRaw('any', raw, 'output')).toMatchObject({
      content: { messages: [{ role: 'assistant', parts: [call] }] },
      finishReasons: ['tool_calls'],
    })
    expect(messagesOf('any', { messages: [calling] }, 'input')).toEqual([{ role: 'assistant', parts: [call] }])
  })

  test('finds the finish reason beside the message or in it', () => {
    const message = made('AIMessageChunk', { content: 'Sunny.', response_metadata: { stop_reason: 'end_turn' } })
    const read = readRaw('any', { generations: [[{ text: 'Sunny.', message }]] }, 'output')
    expect(read).toMatchObject({ content: { messages: [words('assistant', 'Sunny.')] }, finishReasons: ['end_turn'] })
  })

  test('reads a generation that is a text only', () => {
    expect(messagesOf('langchain', { generations: [[{ text: 'Sunny.' }]] }, 'output')).toEqual([
      words('assistant', 'Sunny.'),
    ])
  })

  test('reads a prompt value, one message, and the result of a tool that a tool handed on', () => {
    const prompt = { ...made('ChatPromptValue', { messages: asked }) }
    const result = made('ToolMessage', {
      status: 'success',
      content: '{"temp":18}',
      tool_call_id: 'call_9',
      name: 'get_weather',
    })
    expect(messagesOf('any', prompt, 'output')).toHaveLength(2)
    expect(messagesOf('any', asked[1]!, 'input')).toEqual([words('user', 'Weather?')])
    expect(messagesOf('any', { output: result }, 'output')).toEqual([
      { role: 'tool', parts: [{ type: 'toolResult', id: 'call_9', name: 'get_weather', result: '{"temp":18}' }] },
    ])
  })

  test('keeps the rest of the state of a graph', () => {
    expect(readRaw('any', { messages: asked, step: 2 }, 'input')).toMatchObject({ rest: { step: 2 } })
  })

  test('reads messages written as dictionaries', () => {
    const raw = [
      { type: 'human', data: { content: 'Weather?' } },
      { type: 'ai', content: 'Sunny.', additional_kwargs: {} },
      made('ChatMessage', { role: 'assistant', content: 'Very.' }),
    ]
    expect(messagesOf('any', raw, 'input')).toEqual([
      words('user', 'Weather?'),
      words('assistant', 'Sunny.'),
      words('assistant', 'Very.'),
    ])
  })

  test('keeps calls whose arguments were no JSON, and the thoughts of DeepSeek', () => {
    const message = made('AIMessage', {
      content: 'Hm.',
      additional_kwargs: { reasoning_content: 'Let me see.' },
      invalid_tool_calls: [{ id: 'c', name: 'run', args: '{"a":', error: 'bad' }],
    })
    expect(messagesOf('any', message, 'output')[0]!.parts).toEqual([
      { type: 'reasoning', text: 'Let me see.' },
      { type: 'text', text: 'Hm.' },
      { type: 'toolCall', id: 'c', name: 'run', args: '{"a":' },
    ])
  })

  test('reads a call among the blocks and in `tool_calls` once', () => {
    const message = made('AIMessage', {
      content: [
        { type: 'text', text: 'Looking.' },
        { type: 'tool_use', id: 'call_1', name: 'get_weather', input: { city: 'Paris' } },
      ],
      tool_calls: [{ name: 'get_weather', args: { city: 'Paris' }, id: 'call_1' }],
    })
    expect(messagesOf('any', message, 'output')[0]!.parts).toEqual([{ type: 'text', text: 'Looking.' }, call])
  })
})
