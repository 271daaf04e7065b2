import { describe, expect, test } from 'vitest'
import type { JsonValue } from '../../json/json-value.ts'
import { messagesOf, readRaw } from './read-sample.ts'

const words = (role: string, text: string) => ({ role, parts: [{ type: 'text', text }] })

describe('readContent of any shape', () => {
  test.each<[JsonValue, ReturnType<typeof words>[]]>([
    [{ messages: [{ role: 'user', content: 'Hi.' }] }, [words('user', 'Hi.')]],
    [[{ role: 'user', content: 'Hi.' }], [words('user', 'Hi.')]],
    [{ role: 'assistant', content: 'Hello.', refusal: null }, [words('assistant', 'Hello.')]],
    ['[{"role":"user","parts":[{"type":"text","content":"Hi."}]}]', [words('user', 'Hi.')]],
    [{ model: 'm', message: { role: 'assistant', content: 'Hello.' }, done: true }, [words('assistant', 'Hello.')]],
    [{ output: { choices: [{ message: { content: 'Hello.' } }] } }, [words('assistant', 'Hello.')]],
    [{ model: 'm', input: 'Hi.' }, [words('user', 'Hi.')]],
  ])('reads %j', (raw, messages) => {
    expect(messagesOf('any', raw, 'input')).toEqual(messages)
  })

  test('takes parts alone for a message of their side', () => {
    const raw = [{ type: 'text', text: 'Sunny.' }]
    expect(messagesOf('any', raw, 'output')).toEqual([words('assistant', 'Sunny.')])
  })

  test.each<JsonValue>([
    { city: 'Paris', temp: 18 },
    { args: [], kwargs: { question: 'Weather?' } },
    { messages: [] },
    { n: 0 },
    [],
    18,
    'plain words',
    { role: 'user', id: 7, email: 'anna@example.com' },
    [{ role: 'editor', content: 'x', rights: ['write'] }],
    { messages: [{ type: 'message', text: 'in a chat room', user: 'U1' }] },
    { documents: [{ pageContent: 'Paris is mild.', metadata: {} }] },
    [{ text: 'a passage', score: 0.9 }],
    [{ type: 'document', url: 'https://example.com', title: 'A hit' }],
    { model: 'embed', input: ['hello', 'bye'] },
    { type: 'human', age: 41 },
    { output: { temp: 18 } },
  ])('leaves %j as it is', (raw) => {
    expect(readRaw('any', raw, 'output')).toEqual({ content: { form: 'value', value: raw } })
  })

  test('parses JSON text, and JSON in JSON', () => {
    expect(readRaw('any', '{"city":"Paris"}', 'input')?.content).toEqual({
      form: 'value',
      value: { city: 'Paris' },
    })
    expect(readRaw('any', '"\\"Be brief.\\""', 'input')?.content).toEqual({ form: 'value', value: 'Be brief.' })
  })

  test.each([null, ''])('is nothing for %j', (raw) => {
    expect(readRaw('any', raw, 'input')).toBeUndefined()
  })
})
