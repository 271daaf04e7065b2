import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonValue } from '../../json/json-value.ts'
import { readContent, type MessageShape, type Side } from './index.ts'
import { messagesOf, readRaw } from './read-sample.ts'

const shapes: readonly MessageShape[] = [
  'gen-ai',
  'old-events',
  'openinference',
  'traceloop',
  'ai-sdk',
  'openai',
  'anthropic',
  'gemini',
  'genkit',
  'bedrock',
  'langchain',
  'any',
]
const sides: readonly Side[] = ['input', 'output']

const fieldNames =
  'role content parts type text messages message tool_calls function name arguments id args choices output input model ' +
  'system contents candidates generations lc kwargs event body toolUse toolResult functionCall image source data url ' +
  'prompt tool_call_id message_content tool_call toolCalls reasoning summary __proto__'
const words: readonly JsonValue[] = [
  'user',
  'assistant',
  'text',
  'tool_call',
  'image',
  '',
  'null',
  '{"a":1}',
  '[{"text":"x"}]',
  7,
  null,
]

/** JSON made of the words that the dialects use, so that readers get past their first question. */
const dialectJson = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(...words),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...fieldNames.split(' ')), tie('value'), { maxKeys: 4 }),
  ),
}))

/** The last message of an answer, and of the request that repeats it. */
function turn(shape: MessageShape, answer: unknown, again: unknown) {
  return [messagesOf(shape, answer, 'output').at(-1), messagesOf(shape, again, 'input').at(-1)]
}

describe('readContent', () => {
  test('never throws, and gives well-formed messages', () => {
    const raw = fc.oneof(dialectJson.value, fc.jsonValue() as fc.Arbitrary<JsonValue>)
    fc.assert(
      fc.property(raw, fc.constantFrom(...shapes), fc.constantFrom(...sides), (value, shape, side) => {
        const read = readContent(shape, value, side)
        if (read?.content.form !== 'messages') return
        for (const { role, parts } of read.content.messages) {
          expect(typeof role).toBe('string')
          for (const part of parts) expect(part.type).toMatch(/^(text|reasoning|toolCall|toolResult|media|other)$/)
        }
        // Whatever is stored is written as JSON: nothing undefined inside.
        expect(JSON.parse(JSON.stringify(read))).toEqual(read)
      }),
      { numRuns: 2000 },
    )
  })

  test.each(shapes)('reads JSON nested a hundred thousand levels deep as %s', (shape) => {
    let deep: JsonValue = 'x'
    for (let level = 0; level < 100_000; level++) deep = level % 2 === 0 ? [deep] : { content: deep, role: 'user' }
    expect(() => sides.map((side) => readContent(shape, deep, side))).not.toThrow()
    expect(() => readContent(shape, '{"messages":'.repeat(100_000), 'input')).not.toThrow()
  })

  test.each(shapes.filter((shape) => shape !== 'old-events'))(
    'keeps every word of a message of any dialect as %s',
    (shape) => {
      const said = ['alpha', 'bravo', 'charlie', 'delta']
      const raw = {
        messages: [
          { role: 'user', content: 'alpha' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'bravo' },
              { type: 'never_heard_of', payload: 'charlie' },
            ],
          },
          { role: 'assistant', content: [{ type: 'text', text: 'delta' }] },
        ],
      }
      const read = JSON.stringify(readRaw(shape, raw, 'input'))
      for (const word of said) expect(read).toContain(word)
    },
  )

  test('gives one message for one turn, answered here and repeated there', () => {
    const call = { id: 'c', type: 'function', function: { name: 'run', arguments: '{"a": 1}' } }
    const chat = { role: 'assistant', content: null, tool_calls: [call] }
    const parts = [{ type: 'tool_call', id: 'c', name: 'run', arguments: { a: 1 } }]
    const [choice, history] = turn(
      'openai',
      { choices: [{ message: { ...chat, refusal: null }, finish_reason: 'stop' }] },
      { messages: [chat] },
    )
    const [answered, repeated] = turn(
      'gen-ai',
      [{ role: 'assistant', parts, finish_reason: 'tool_call' }],
      [{ role: 'assistant', parts }],
    )
    expect(choice).toEqual(history)
    expect(answered).toEqual(repeated)
    expect(choice).toEqual(answered)
  })

  test('leaves the value it was given as it was', () => {
    const raw: JsonValue = {
      messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'x' }] }],
    }
    const before = structuredClone(raw)
    readContent('any', raw, 'input')
    expect(raw).toEqual(before)
  })
})
