import { describe, expect, test } from 'vitest'
import { messagesOf, readRaw } from './read-sample.ts'

const call = { type: 'toolCall', id: 'call_1', name: 'get_weather', args: { city: 'Paris' } }
const words = (role: string, text: string) => ({ role, parts: [{ type: 'text', text }] })

describe('readContent of the AI SDK', () => {
  test.each([
    ['4', { args: { city: 'Paris' } }, { result: { temp: 18 } }],
    ['6', { input: { city: 'Paris' } }, { output: { type: 'json', value: { temp: 18 } } }],
  ])('reads the messages of version %s', (_version, args, result) => {
    const about = { toolCallId: 'call_1', toolName: 'get_weather' }
    const raw = JSON.stringify([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'Weather in Paris?' }] },
      { role: 'assistant', content: [{ type: 'tool-call', ...about, ...args }] },
      { role: 'tool', content: [{ type: 'tool-result', ...about, ...result }] },
    ])
    expect(messagesOf('ai-sdk', raw, 'input')).toEqual([
      words('system', 'Be brief.'),
      words('user', 'Weather in Paris?'),
      { role: 'assistant', parts: [call] },
      { role: 'tool', parts: [{ type: 'toolResult', id: 'call_1', name: 'get_weather', result: { temp: 18 } }] },
    ])
  })

  test.each([
    [{ system: 'Be brief.', prompt: 'Hi.' }, [words('system', 'Be brief.'), words('user', 'Hi.')]],
    [{ messages: [{ role: 'user', content: 'Hi.' }] }, [words('user', 'Hi.')]],
    [
      { system: 'Be brief.', prompt: [{ role: 'user', content: 'Hi.' }] },
      [words('system', 'Be brief.'), words('user', 'Hi.')],
    ],
    ['Hi.', [words('user', 'Hi.')]],
  ])('reads the prompt %j', (raw, messages) => {
    expect(messagesOf('ai-sdk', raw, 'input')).toEqual(messages)
  })

  test.each([
    ['4', [{ toolCallType: 'function', toolCallId: 'call_1', toolName: 'get_weather', args: '{"city":"Paris"}' }]],
    ['6', [{ toolCallId: 'call_1', toolName: 'get_weather', input: '{"city":"Paris"}' }]],
  ])('reads the tool calls of version %s, as JSON text or not', (_version, toolCalls) => {
    for (const raw of [{ toolCalls }, { toolCalls: JSON.stringify(toolCalls) }]) {
      expect(messagesOf('ai-sdk', raw, 'output')).toEqual([{ role: 'assistant', parts: [call] }])
    }
  })

  test('puts thoughts, words and calls in the order in which they are sent again', () => {
    const answer = {
      text: 'Looking.',
      reasoning: 'Need the tool.',
      toolCalls: [{ toolCallId: 'call_1', toolName: 'get_weather', input: '{"city":"Paris"}' }],
    }
    const again = {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'Need the tool.' },
        { type: 'text', text: 'Looking.' },
        { type: 'tool-call', toolCallId: 'call_1', toolName: 'get_weather', input: { city: 'Paris' } },
      ],
    }
    expect(messagesOf('ai-sdk', answer, 'output')).toEqual(messagesOf('ai-sdk', [again], 'input'))
  })

  test('takes a generated object for the text the model wrote', () => {
    expect(messagesOf('ai-sdk', { object: '{"city":"Paris","temp":18}' }, 'output')).toEqual([
      words('assistant', '{"city":"Paris","temp":18}'),
    ])
  })

  test("reads Mastra's answer and keeps what is beside it", () => {
    const raw = {
      text: 'Sunny.',
      files: [],
      reasoning: [],
      sources: [{ url: 'a' }],
      toolCalls: [],
      finishReason: 'stop',
    }
    expect(readRaw('ai-sdk', raw, 'output')).toEqual({
      content: { form: 'messages', messages: [words('assistant', 'Sunny.')] },
      finishReasons: ['stop'],
      rest: { sources: [{ url: 'a' }] },
    })
  })

  test('reads images and files', () => {
    const content = [
      { type: 'image', image: 'iVBO', mimeType: 'image/png' },
      { type: 'image', image: 'https://example.com/a.png' },
      { type: 'file', data: 'JVBE', mediaType: 'application/pdf', filename: 'a.pdf' },
      { type: 'file', data: 'UklG', mediaType: 'audio/wav' },
    ]
    expect(messagesOf('ai-sdk', [{ role: 'user', content }], 'input')[0]!.parts).toEqual([
      { type: 'media', modality: 'image', mime: 'image/png', data: 'iVBO' },
      { type: 'media', modality: 'image', uri: 'https://example.com/a.png' },
      { type: 'media', modality: 'document', mime: 'application/pdf', data: 'JVBE', name: 'a.pdf' },
      { type: 'media', modality: 'audio', mime: 'audio/wav', data: 'UklG' },
    ])
  })

  test('marks a tool that failed', () => {
    const content = [
      { type: 'tool-result', toolCallId: 'c', toolName: 'run', output: { type: 'error-text', value: 'boom' } },
    ]
    expect(messagesOf('ai-sdk', [{ role: 'tool', content }], 'input')[0]!.parts).toEqual([
      { type: 'toolResult', id: 'c', name: 'run', result: 'boom', isError: true },
    ])
  })
})
