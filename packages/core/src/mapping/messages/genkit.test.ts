import { describe, expect, test } from 'vitest'
import { messagesOf, readRaw } from './read-sample.ts'

const call = { type: 'toolCall', id: 'call_1', name: 'get_weather', args: { city: 'Paris' } }
const request = { toolRequest: { name: 'get_weather', ref: 'call_1', input: { city: 'Paris' } } }

describe('readContent of Genkit', () => {
  test('reads a request', () => {
    const raw = {
      messages: [
        { role: 'system', content: [{ text: 'Be brief.' }] },
        {
          role: 'user',
          content: [{ text: 'Weather?' }, { media: { contentType: 'image/png', url: 'data:image/png;base64,iVBO' } }],
        },
        { role: 'model', content: [{ reasoning: 'Need the tool.' }, request] },
        { role: 'tool', content: [{ toolResponse: { name: 'get_weather', ref: 'call_1', output: { temp: 18 } } }] },
      ],
      config: { temperature: 0.2 },
      tools: [{ name: 'get_weather' }],
    }
    expect(readRaw('genkit', raw, 'input')).toEqual({
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
          { role: 'assistant', parts: [{ type: 'reasoning', text: 'Need the tool.' }, call] },
          { role: 'tool', parts: [{ type: 'toolResult', id: 'call_1', name: 'get_weather', result: { temp: 18 } }] },
        ],
      },
      toolDefinitions: [{ name: 'get_weather' }],
      rest: { config: { temperature: 0.2 } },
    })
  })

  test('reads an answer', () => {
    const raw = { message: { role: 'model', content: [request] }, finishReason: 'stop' }
    expect(readRaw('genkit', raw, 'output')).toEqual({
      content: { form: 'messages', messages: [{ role: 'assistant', parts: [call] }] },
      finishReasons: ['stop'],
    })
  })

  test('keeps parts it does not know', () => {
    const custom = { custom: { shape: 'round' } }
    expect(messagesOf('genkit', { message: { role: 'model', content: [custom] } }, 'output')[0]!.parts).toEqual([
      { type: 'other', raw: custom },
    ])
  })

  test('leaves what a flow takes and gives as a value', () => {
    expect(readRaw('genkit', '"Weather in Paris?"', 'input')).toEqual({
      content: { form: 'value', value: 'Weather in Paris?' },
    })
  })
})
