import { describe, expect, test } from 'vitest'
import { messagesOf, readRaw } from './read-sample.ts'

describe('readContent of OpenLLMetry', () => {
  test('reads a conversation with a tool', () => {
    const raw = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: '[{"type":"text","text":"Weather?"}]' },
      {
        role: 'assistant',
        content: 'null',
        tool_calls: [{ id: 'c1', name: 'get_weather', arguments: '{"city":"Paris"}' }],
      },
      { role: 'tool', tool_call_id: 'c1', content: '{"temp":18}' },
    ]
    expect(messagesOf('traceloop', raw, 'input')).toEqual([
      { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', parts: [{ type: 'text', text: 'Weather?' }] },
      { role: 'assistant', parts: [{ type: 'toolCall', id: 'c1', name: 'get_weather', args: { city: 'Paris' } }] },
      { role: 'tool', parts: [{ type: 'toolResult', id: 'c1', result: '{"temp":18}' }] },
    ])
  })

  test('reads thoughts, the older call of a function and the finish reason', () => {
    const raw = [{ reasoning: 'Hm.', function_call: { name: 'run', arguments: '' }, finish_reason: 'function_call' }]
    expect(readRaw('traceloop', raw, 'output')).toEqual({
      content: {
        form: 'messages',
        messages: [
          {
            role: 'assistant',
            parts: [
              { type: 'reasoning', text: 'Hm.' },
              { type: 'toolCall', name: 'run', args: {} },
            ],
          },
        ],
      },
      finishReasons: ['function_call'],
    })
  })

  test('leaves JSON that is no parts as the text that was said', () => {
    expect(messagesOf('traceloop', [{ role: 'user', content: '[1,2]' }], 'input')[0]!.parts).toEqual([
      { type: 'text', text: '[1,2]' },
    ])
  })
})
