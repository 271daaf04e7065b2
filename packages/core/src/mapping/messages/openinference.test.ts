import { describe, expect, test } from 'vitest'
import { messagesOf, readRaw } from './read-sample.ts'

const piece = (content: object) => ({ message_content: content })
const call = (id?: string) => ({
  tool_call: { ...(id && { id }), function: { name: 'get_weather', arguments: '{"city":"Paris"}' } },
})
const thought = { type: 'reasoning', text: 'User wants weather.', signature: 'sigmock' }
const said = { type: 'text', text: 'Weather in Paris?' }

describe('readContent of OpenInference', () => {
  test('reads a call that is in both `tool_calls` and `contents` once', () => {
    const message = {
      role: 'assistant',
      contents: [piece(thought), { ...piece({ type: 'tool_use' }), ...call('toolu_1') }],
      tool_calls: [call('toolu_1')],
    }
    expect(messagesOf('openinference', [{ message }], 'output')).toEqual([
      {
        role: 'assistant',
        parts: [thought, { type: 'toolCall', id: 'toolu_1', name: 'get_weather', args: { city: 'Paris' } }],
      },
    ])
  })

  test('keeps two calls of one tool apart, and takes equal calls without ids for one', () => {
    const two = { role: 'assistant', tool_calls: [call('a'), call('b')] }
    const twice = { role: 'assistant', contents: [{ ...piece({ type: 'tool_use' }), ...call() }], tool_calls: [call()] }
    const [first, second] = messagesOf('openinference', [{ message: two }, { message: twice }], 'input')
    expect(first!.parts).toHaveLength(2)
    expect(second!.parts).toEqual([{ type: 'toolCall', name: 'get_weather', args: { city: 'Paris' } }])
  })

  test('takes a user message with a tool_call_id for the result of a tool', () => {
    const message = { role: 'user', tool_call_id: 'toolu_1', content: '{"temp":18}' }
    expect(messagesOf('openinference', [{ message }], 'input')).toEqual([
      { role: 'tool', parts: [{ type: 'toolResult', id: 'toolu_1', result: '{"temp":18}' }] },
    ])
  })

  test('takes an empty content beside calls for none', () => {
    const message = { role: 'assistant', content: '', tool_calls: [call()] }
    expect(messagesOf('openinference', [{ message }], 'output')[0]!.parts).toHaveLength(1)
  })

  test('knows parts by the names of providers', () => {
    const message = { role: 'assistant', contents: [piece({ type: 'output_text', text: 'Sunny.' })] }
    expect(messagesOf('openinference', [{ message }], 'output')[0]!.parts).toEqual([{ type: 'text', text: 'Sunny.' }])
  })

  test('reads an image, and keeps one whose data the client dropped', () => {
    const kept = { type: 'image', image: { image: { url: 'data:image/png;base64,iVBORw0KGgo=' } } }
    const dropped = { type: 'image', image: { type: 'base64', media_type: 'image/png' } }
    const message = { role: 'user', contents: [piece(said), piece(kept), piece(dropped)] }
    expect(messagesOf('openinference', [{ message }], 'input')[0]!.parts).toEqual([
      said,
      { type: 'media', modality: 'image', mime: 'image/png', data: 'iVBORw0KGgo=' },
      { type: 'other', raw: dropped },
    ])
  })

  test('reads a sound', () => {
    const sound = {
      type: 'audio',
      audio: { url: 'https://example.com/a.wav', mime_type: 'audio/wav', transcript: 'Hi.' },
    }
    expect(
      messagesOf('openinference', [{ message: { role: 'user', contents: [piece(sound)] } }], 'input')[0]!.parts,
    ).toEqual([
      { type: 'media', modality: 'audio', mime: 'audio/wav', uri: 'https://example.com/a.wav', transcript: 'Hi.' },
    ])
  })

  test('reads the older call of a function', () => {
    const message = { role: 'assistant', function_call_name: 'run', function_call_arguments_json: '{"a":1}' }
    expect(messagesOf('openinference', [{ message }], 'output')[0]!.parts).toEqual([
      { type: 'toolCall', name: 'run', args: { a: 1 } },
    ])
  })

  test('reads completions', () => {
    const asked = { prompts: [{ prompt: { text: 'Once upon' } }] }
    const answered = { choices: [{ completion: { text: ' a time' } }] }
    expect(messagesOf('openinference', asked, 'input')).toEqual([
      { role: 'user', parts: [{ type: 'text', text: 'Once upon' }] },
    ])
    expect(messagesOf('openinference', answered, 'output')).toEqual([
      { role: 'assistant', parts: [{ type: 'text', text: ' a time' }] },
    ])
  })

  test('is nothing without messages', () => {
    expect(readRaw('openinference', [], 'input')).toBeUndefined()
  })
})
