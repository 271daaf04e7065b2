import { describe, expect, test } from 'vitest'
import { messagesOf, readRaw } from './read-sample.ts'

const toolUse = { toolUseId: 't1', name: 'get_weather', input: { city: 'Paris' } }
const call = { type: 'toolCall', id: 't1', name: 'get_weather', args: { city: 'Paris' } }

describe('readContent of Bedrock', () => {
  test('reads a request', () => {
    const raw = {
      system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default' } }],
      messages: [
        { role: 'user', content: [{ text: 'Weather?' }, { image: { format: 'png', source: { bytes: 'iVBO' } } }] },
        {
          role: 'assistant',
          content: [{ reasoningContent: { reasoningText: { text: 'Hm.', signature: 's' } } }, { toolUse }],
        },
        { role: 'user', content: [{ toolResult: { toolUseId: 't1', status: 'error', content: [{ text: 'boom' }] } }] },
      ],
      toolConfig: { tools: [{ toolSpec: { name: 'get_weather' } }] },
    }
    expect(readRaw('bedrock', raw, 'input')).toEqual({
      content: {
        form: 'messages',
        messages: [
          { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
          {
            role: 'user',
            parts: [
              { type: 'text', text: 'Weather?' },
              { type: 'media', modality: 'image', mime: 'image/png', data: 'iVBO' },
            ],
          },
          { role: 'assistant', parts: [{ type: 'reasoning', text: 'Hm.', signature: 's' }, call] },
          { role: 'tool', parts: [{ type: 'toolResult', id: 't1', result: 'boom', isError: true }] },
        ],
      },
      toolDefinitions: [{ toolSpec: { name: 'get_weather' } }],
    })
  })

  test('reads a call written flat', () => {
    const raw = [{ role: 'assistant', content: [{ type: 'toolUse', ...toolUse }] }]
    expect(messagesOf('bedrock', raw, 'output')).toEqual([{ role: 'assistant', parts: [call] }])
  })

  test('reads an answer', () => {
    const raw = { output: { message: { role: 'assistant', content: [{ toolUse }] } }, stopReason: 'tool_use' }
    expect(readRaw('any', raw, 'output')).toEqual({
      content: { form: 'messages', messages: [{ role: 'assistant', parts: [call] }] },
      finishReasons: ['tool_use'],
    })
  })

  test('reads a result that is one JSON value', () => {
    const raw = [{ role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [{ json: { temp: 18 } }] } }] }]
    expect(messagesOf('bedrock', raw, 'input')[0]!.parts).toEqual([
      { type: 'toolResult', id: 't1', result: { temp: 18 } },
    ])
  })
})
