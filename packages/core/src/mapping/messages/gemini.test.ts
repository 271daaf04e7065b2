import { describe, expect, test } from 'vitest'
import { messagesOf, readRaw } from './read-sample.ts'

const call = { type: 'toolCall', id: 'r1', name: 'run', args: { command: 'echo 18' } }
const words = (role: string, text: string) => ({ role, parts: [{ type: 'text', text }] })
const piece = (text: string) => ({ candidates: [{ content: { role: 'model', parts: [{ text }] } }] })

describe('readContent of Gemini', () => {
  test.each(['gemini', 'any'] as const)('reads a request, as %s', (shape) => {
    const raw = {
      model: 'gemini-2.5-flash',
      contents: [
        { role: 'user', parts: [{ text: 'Weather?' }, { inlineData: { mimeType: 'image/png', data: 'iVBO' } }] },
        {
          role: 'model',
          parts: [
            { text: 'Need the tool.', thought: true },
            { functionCall: { id: 'r1', name: 'run', args: { command: 'echo 18' } } },
          ],
        },
        { role: 'user', parts: [{ functionResponse: { id: 'r1', name: 'run', response: { output: '18' } } }] },
        { role: 'user', parts: [{ fileData: { mimeType: 'video/mp4', fileUri: 'gs://films/1.mp4' } }] },
      ],
      config: { systemInstruction: { parts: [{ text: 'Be brief.' }] }, tools: [{ functionDeclarations: [] }] },
    }
    expect(readRaw(shape, raw, 'input')).toMatchObject({
      content: {
        messages: [
          words('system', 'Be brief.'),
          {
            role: 'user',
            parts: [
              { type: 'text', text: 'Weather?' },
              { type: 'media', modality: 'image', mime: 'image/png', data: 'iVBO' },
            ],
          },
          { role: 'assistant', parts: [{ type: 'reasoning', text: 'Need the tool.' }, call] },
          { role: 'tool', parts: [{ type: 'toolResult', id: 'r1', name: 'run', result: { output: '18' } }] },
          { role: 'user', parts: [{ type: 'media', modality: 'video', mime: 'video/mp4', uri: 'gs://films/1.mp4' }] },
        ],
      },
      toolDefinitions: raw.config.tools,
    })
  })

  test('reads the spelling of the Python SDK', () => {
    const raw = {
      contents: [{ role: 'user', parts: [{ function_response: { name: 'run', response: { output: '18' } } }] }],
      system_instruction: 'Be brief.',
    }
    expect(messagesOf('gemini', raw, 'input')).toEqual([
      words('system', 'Be brief.'),
      { role: 'tool', parts: [{ type: 'toolResult', name: 'run', result: { output: '18' } }] },
    ])
  })

  test('reads an answer', () => {
    const content = {
      role: 'model',
      parts: [{ functionCall: { id: 'r1', name: 'run', args: { command: 'echo 18' } } }],
    }
    const raw = { candidates: [{ content, finishReason: 'STOP', index: 0 }], usageMetadata: { totalTokenCount: 59 } }
    expect(readRaw('any', raw, 'output')).toEqual({
      content: { form: 'messages', messages: [{ role: 'assistant', parts: [call] }] },
      finishReasons: ['STOP'],
      rest: { usageMetadata: { totalTokenCount: 59 } },
    })
  })

  test('joins the pieces of a streamed answer', () => {
    expect(messagesOf('gemini', [piece('The weather '), piece('is fine.')], 'output')).toEqual([
      words('assistant', 'The weather is fine.'),
    ])
  })

  test('reads an answer as ADK writes it', () => {
    const raw = { content: { role: 'model', parts: [{ text: 'Sunny.' }] }, finish_reason: 'STOP' }
    expect(readRaw('gemini', raw, 'output')).toEqual({
      content: { form: 'messages', messages: [words('assistant', 'Sunny.')] },
      finishReasons: ['STOP'],
    })
  })

  test.each(['{}', 'N/A'])('takes %j for nothing', (raw) => {
    expect(readRaw('gemini', raw, 'output')).toBeUndefined()
  })

  test('leaves the arguments of a tool as a value', () => {
    expect(readRaw('gemini', '{"city":"Paris"}', 'input')).toEqual({
      content: { form: 'value', value: { city: 'Paris' } },
    })
  })
})
