import { describe, expect, test } from 'vitest'
import { messagesOf, readRaw } from './read-sample.ts'

const blocks = [
  { type: 'thinking', thinking: 'User wants weather.', signature: 'sigmock' },
  { type: 'redacted_thinking', data: 'EmwKAh' },
  { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Paris' } },
]
const turn = {
  role: 'assistant',
  parts: [
    { type: 'reasoning', text: 'User wants weather.', signature: 'sigmock' },
    { type: 'reasoning', text: '', signature: 'EmwKAh' },
    { type: 'toolCall', id: 'toolu_1', name: 'get_weather', args: { city: 'Paris' } },
  ],
}

describe('readContent of Anthropic', () => {
  test.each(['anthropic', 'any'] as const)('reads a request with `system`, as %s', (shape) => {
    const raw = {
      model: 'claude-mock',
      system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
      tools: [{ name: 'get_weather', input_schema: {} }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Weather in Paris?' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBO' } },
            { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' }, title: 'A' },
          ],
        },
        { role: 'assistant', content: blocks },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: 'boom' }], is_error: true },
            { type: 'text', text: 'And now?' },
          ],
        },
      ],
    }
    expect(readRaw(shape, raw, 'input')).toEqual({
      content: {
        form: 'messages',
        messages: [
          { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
          {
            role: 'user',
            parts: [
              { type: 'text', text: 'Weather in Paris?' },
              { type: 'media', modality: 'image', mime: 'image/png', data: 'iVBO' },
              { type: 'media', modality: 'document', uri: 'https://example.com/a.pdf', name: 'A' },
            ],
          },
          turn,
          { role: 'tool', parts: [{ type: 'toolResult', id: 'toolu_1', result: 'boom', isError: true }] },
          { role: 'user', parts: [{ type: 'text', text: 'And now?' }] },
        ],
      },
      toolDefinitions: raw.tools,
      rest: { model: 'claude-mock' },
    })
  })

  test.each(['anthropic', 'any'] as const)(
    'reads an answer as the message it will be in the next request, as %s',
    (shape) => {
      const raw = {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        content: blocks,
        stop_reason: 'tool_use',
        usage: { input_tokens: 30 },
      }
      expect(readRaw(shape, raw, 'output')).toEqual({
        content: { form: 'messages', messages: [turn] },
        finishReasons: ['tool_use'],
        rest: { id: 'msg_1', usage: { input_tokens: 30 } },
      })
    },
  )

  test('keeps a document that is plain text, and the result of its own tools', () => {
    const document = { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'words' } }
    const search = { type: 'web_search_tool_result', tool_use_id: 's1', content: [{ url: 'a' }, { url: 'b' }] }
    expect(messagesOf('anthropic', [{ role: 'assistant', content: [document, search] }], 'input')[0]!.parts).toEqual([
      { type: 'other', raw: document },
      { type: 'toolResult', id: 's1', result: search.content },
    ])
  })
})
