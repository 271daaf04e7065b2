import { describe, expect, test } from 'vitest'
import { messagesOf, readRaw } from './read-sample.ts'

const toolCalls = [{ id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } }]
const call = { type: 'toolCall', id: 'call_1', name: 'get_weather', args: { city: 'Paris' } }

const events = [
  { event: 'gen_ai.system.message', body: { content: 'Be brief.' } },
  { event: 'gen_ai.user.message', body: { content: 'Weather in Paris?' } },
  { event: 'gen_ai.assistant.message', body: { tool_calls: toolCalls } },
  { event: 'gen_ai.tool.message', body: { id: 'call_1', content: '{"temp":18}' } },
  { event: 'gen_ai.choice', body: { index: 0, finish_reason: 'stop', message: { content: 'Sunny.' } } },
]

describe('readContent of old events', () => {
  test('reads all but the choices as input', () => {
    expect(messagesOf('old-events', events, 'input')).toEqual([
      { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', parts: [{ type: 'text', text: 'Weather in Paris?' }] },
      { role: 'assistant', parts: [call] },
      { role: 'tool', parts: [{ type: 'toolResult', id: 'call_1', result: '{"temp":18}' }] },
    ])
  })

  test('reads the choices as output, with their finish reasons', () => {
    expect(readRaw('old-events', events, 'output')).toEqual({
      content: { form: 'messages', messages: [{ role: 'assistant', parts: [{ type: 'text', text: 'Sunny.' }] }] },
      finishReasons: ['stop'],
    })
  })

  test('is nothing for a side without events', () => {
    expect(readRaw('old-events', events.slice(0, 2), 'output')).toBeUndefined()
    expect(readRaw('old-events', [{ event: 'exception', body: {} }], 'input')).toBeUndefined()
  })

  test('reads a choice whose calls are beside or inside the message', () => {
    const choices = [{ finish_reason: 'tool_calls', tool_calls: toolCalls }, { message: { tool_calls: toolCalls } }]
    for (const body of choices) {
      expect(messagesOf('old-events', [{ event: 'gen_ai.choice', body }], 'output')).toEqual([
        { role: 'assistant', parts: [call] },
      ])
    }
  })

  test('reads blocks that Strands writes as JSON text', () => {
    const asked = { event: 'gen_ai.user.message', body: { content: '[{"text":"Weather?"}]' } }
    const answered = {
      event: 'gen_ai.choice',
      body: {
        finish_reason: 'tool_use',
        message: '[{"text":"Looking."},{"toolUse":{"toolUseId":"t1","name":"get_weather","input":{"city":"Paris"}}}]',
      },
    }
    expect(messagesOf('old-events', [asked], 'input')).toEqual([
      { role: 'user', parts: [{ type: 'text', text: 'Weather?' }] },
    ])
    expect(messagesOf('old-events', [answered], 'output')).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'text', text: 'Looking.' },
          { ...call, id: 't1' },
        ],
      },
    ])
  })

  test('leaves JSON that is no blocks as the text that was said', () => {
    const asked = { event: 'gen_ai.user.message', body: { content: '[1,2,3]' } }
    expect(messagesOf('old-events', [asked], 'input')[0]!.parts).toEqual([{ type: 'text', text: '[1,2,3]' }])
  })

  test('reads the flat list of Pydantic AI', () => {
    const raw = JSON.stringify([
      { 'event.name': 'gen_ai.user.message', 'gen_ai.message.index': 0, role: 'user', content: 'Hi.' },
      { 'event.name': 'gen_ai.choice', index: 0, message: { role: 'assistant', content: 'Hello.' } },
    ])
    expect(messagesOf('old-events', raw, 'input')).toEqual([{ role: 'user', parts: [{ type: 'text', text: 'Hi.' }] }])
    expect(messagesOf('old-events', raw, 'output')).toEqual([
      { role: 'assistant', parts: [{ type: 'text', text: 'Hello.' }] },
    ])
  })

  test('reads a body that Azure puts into one attribute', () => {
    const raw = [
      {
        event: 'gen_ai.choice',
        body: { 'gen_ai.event.content': '{"message":{"content":"Hi."},"finish_reason":"stop"}' },
      },
    ]
    expect(readRaw('old-events', raw, 'output')).toMatchObject({
      content: { messages: [{ role: 'assistant', parts: [{ type: 'text', text: 'Hi.' }] }] },
      finishReasons: ['stop'],
    })
  })
})
