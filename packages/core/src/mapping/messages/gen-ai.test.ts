import { describe, expect, test } from 'vitest'
import { messagesOf, readRaw } from './read-sample.ts'

const text = (words: string) => ({ type: 'text', content: words })

describe('readContent of GenAI messages', () => {
  test('reads a conversation with a tool', () => {
    const raw = JSON.stringify([
      { role: 'system', parts: [text('Be brief.')] },
      { role: 'user', name: 'Anna', parts: [text('Weather in Paris? été ☀️')] },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'Need the tool.' },
          { type: 'tool_call', id: 'call_1', name: 'get_weather', arguments: { city: 'Paris' } },
        ],
        finish_reason: 'tool_call',
      },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: { temp: 18 } }] },
    ])
    expect(messagesOf('gen-ai', raw, 'input')).toEqual([
      { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', name: 'Anna', parts: [{ type: 'text', text: 'Weather in Paris? été ☀️' }] },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'Need the tool.' },
          { type: 'toolCall', id: 'call_1', name: 'get_weather', args: { city: 'Paris' } },
        ],
      },
      { role: 'tool', parts: [{ type: 'toolResult', id: 'call_1', result: { temp: 18 } }] },
    ])
  })

  test('gives the finish reason apart from the message', () => {
    const raw = [{ role: 'assistant', parts: [text('Sunny.')], finish_reason: 'stop' }]
    expect(readRaw('gen-ai', raw, 'output')).toEqual({
      content: { form: 'messages', messages: [{ role: 'assistant', parts: [{ type: 'text', text: 'Sunny.' }] }] },
      finishReasons: ['stop'],
    })
  })

  test('reads arguments that are JSON text', () => {
    const call = { type: 'tool_call', id: 'c', name: 'run', arguments: '{"command":"echo 18"}' }
    expect(messagesOf('gen-ai', [{ role: 'assistant', parts: [call] }], 'output')).toEqual([
      { role: 'assistant', parts: [{ type: 'toolCall', id: 'c', name: 'run', args: { command: 'echo 18' } }] },
    ])
  })

  test.each(['response', 'result', 'content'])('takes the answer of a tool from `%s`', (field) => {
    const raw = [{ role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', [field]: '{"temp":18}' }] }]
    expect(messagesOf('gen-ai', raw, 'input')).toEqual([
      { role: 'tool', parts: [{ type: 'toolResult', id: 'c', result: '{"temp":18}' }] },
    ])
  })

  test('reads parts written as Gemini does', () => {
    const raw = [
      { role: 'user', parts: [{ text: 'Weather?' }] },
      {
        role: 'model',
        parts: [{ functionCall: { id: 'r1', name: 'run', args: { command: 'echo 18' } }, thoughtSignature: 's' }],
      },
      { role: 'user', parts: [{ functionResponse: { id: 'r1', name: 'run', response: { output: '18' } } }] },
    ]
    expect(messagesOf('gen-ai', raw, 'input')).toEqual([
      { role: 'user', parts: [{ type: 'text', text: 'Weather?' }] },
      { role: 'assistant', parts: [{ type: 'toolCall', id: 'r1', name: 'run', args: { command: 'echo 18' } }] },
      { role: 'tool', parts: [{ type: 'toolResult', id: 'r1', name: 'run', result: { output: '18' } }] },
    ])
  })

  test('takes a plain text for a message of its side', () => {
    expect(messagesOf('gen-ai', 'Weather?', 'input')).toEqual([
      { role: 'user', parts: [{ type: 'text', text: 'Weather?' }] },
    ])
    expect(messagesOf('gen-ai', 'Sunny.', 'output')).toEqual([
      { role: 'assistant', parts: [{ type: 'text', text: 'Sunny.' }] },
    ])
  })

  test.each([{ callId: 'r1', name: 'run', args: { command: 'echo 18' } }, [{ callId: 'r1', name: 'run', args: {} }]])(
    'leaves what a tool span puts there as a value',
    (raw) => {
      expect(readRaw('gen-ai', raw, 'input')).toEqual({ content: { form: 'value', value: raw } })
    },
  )

  test('reads `content` in place of parts', () => {
    expect(messagesOf('gen-ai', [{ role: 'user', content: 'Hi.' }], 'input')).toEqual([
      { role: 'user', parts: [{ type: 'text', text: 'Hi.' }] },
    ])
  })

  test('reads media', () => {
    const parts = [
      { type: 'blob', mime_type: 'image/png', modality: 'image', content: 'iVBO' },
      { type: 'uri', modality: 'video', uri: 'gs://films/1.mp4' },
      { type: 'file', modality: 'document', file_id: 'file_1' },
    ]
    expect(messagesOf('gen-ai', [{ role: 'user', parts }], 'input')[0]!.parts).toEqual([
      { type: 'media', modality: 'image', mime: 'image/png', data: 'iVBO' },
      { type: 'media', modality: 'video', uri: 'gs://films/1.mp4' },
      { type: 'media', modality: 'document', fileId: 'file_1' },
    ])
  })

  test("reads the provider's own tools, and keeps parts that have no canonical form", () => {
    const parts = [
      { type: 'server_tool_call', id: 's1', name: 'web_search', server_tool_call: { query: 'paris' } },
      { type: 'server_tool_call_response', id: 's1', server_tool_call_response: { hits: 2 } },
      { type: 'compaction', content: 'The story so far.' },
      { type: 'generic', generic_type: 'plan', steps: 3 },
    ]
    expect(messagesOf('gen-ai', [{ role: 'assistant', parts }], 'output')[0]!.parts).toEqual([
      { type: 'toolCall', id: 's1', name: 'web_search', args: { query: 'paris' } },
      { type: 'toolResult', id: 's1', result: { hits: 2 } },
      { type: 'other', raw: parts[2] },
      { type: 'other', raw: parts[3] },
    ])
  })

  describe('with instructions in an attribute of their own', () => {
    const messages = [{ role: 'user', parts: [text('Hi.')] }]
    const expected = [
      { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', parts: [{ type: 'text', text: 'Hi.' }] },
    ]

    test.each([
      ['parts', [text('Be brief.')]],
      ['JSON of parts', JSON.stringify([text('Be brief.')])],
      ['a plain text', 'Be brief.'],
      ['a text quoted as JSON', '"Be brief."'],
    ])('puts %s first', (_form, system) => {
      expect(messagesOf('gen-ai', { system, messages: JSON.stringify(messages) }, 'input')).toEqual(expected)
    })

    test('does not say twice what the first message repeats', () => {
      const repeated = [{ role: 'system', parts: [text('Be brief.')] }, ...messages]
      expect(messagesOf('gen-ai', { system: 'Be brief.', messages: repeated }, 'input')).toEqual(expected)
    })

    test('shows instructions without messages', () => {
      expect(messagesOf('gen-ai', { system: 'Be brief.', messages: null }, 'input')).toEqual([expected[0]])
    })
  })

  test('calls the model by its role where Gemini CLI says system', () => {
    const call = { type: 'tool_call', id: 'r1', name: 'run', arguments: '{}' }
    const raw = [
      { role: 'system', parts: [text('Be brief.')] },
      { role: 'user', parts: [text('Weather?')] },
      { role: 'system', parts: [call] },
      { role: 'system', parts: [text('Sunny.')] },
    ]
    expect(messagesOf('gen-ai', raw, 'input').map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'assistant',
    ])
    expect(messagesOf('gen-ai', [raw[3]!], 'output').map(({ role }) => role)).toEqual(['assistant'])
  })

  test('is nothing for an empty list', () => {
    expect(readRaw('gen-ai', '[]', 'input')).toBeUndefined()
  })
})
