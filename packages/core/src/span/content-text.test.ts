import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import type { JsonValue } from '../json/json-value.ts'
import { cutText, inputText, outputText } from './content-text.ts'
import type { Content, Message, MessagePart } from './message.ts'

const text = (words: string): MessagePart => ({ type: 'text', text: words })
const message = (role: string, ...parts: readonly MessagePart[]): Message => ({ role, parts })
const messages = (...list: readonly Message[]): Content => ({ form: 'messages', messages: list })
const value = (held: JsonValue): Content => ({ form: 'value', value: held })

describe('inputText', () => {
  test('is the last user message that has text', () => {
    const content = messages(
      message('system', text('Be brief.')),
      message('user', text('Which files?')),
      message('user', { type: 'media', modality: 'image', uri: 'https://example.com/a.png' }),
      message('assistant', { type: 'toolCall', name: 'list_files', args: {} }),
      message('tool', { type: 'toolResult', result: 'a.ts' }),
    )
    expect(inputText(content)).toBe('Which files?')
  })

  test('joins the text parts of the message', () => {
    expect(inputText(messages(message('user', text('One.'), text('Two.'))))).toBe('One.\nTwo.')
  })

  test('leaves out what a coding agent added in parts of its own', () => {
    const context = '<session_context>\nToday is Monday.\n</session_context>\n'
    expect(inputText(messages(message('user', text(context), text('Weather?'))))).toBe('Weather?')
    expect(inputText(messages(message('user', text(context))))).toBe(context)
    expect(inputText(messages(message('user', text('<b>Bold</b> words'))))).toBe('<b>Bold</b> words')
  })

  test('falls back to the last message that has text', () => {
    expect(inputText(messages(message('system', text('Be brief.'))))).toBe('Be brief.')
    expect(inputText(messages(message('user', text(' \n'))))).toBeUndefined()
    expect(inputText(messages())).toBeUndefined()
  })

  test.each<[JsonValue, string | undefined]>([
    ['as it is', 'as it is'],
    [{ prompt: 'p', input: 'i' }, 'p'],
    [{ input: { question: 'why?' } }, 'why?'],
    [{ prompt: { id: 7 }, query: 'q' }, 'q'],
    [
      {
        messages: [
          { role: 'system', content: 'a' },
          { role: 'user', content: 'b' },
        ],
      },
      'b',
    ],
    [{ args: [], kwargs: { question: 'why?' } }, 'why?'],
    [{ args: ['why?'], kwargs: {} }, 'why?'],
    [{ args: [1, 2], kwargs: {} }, '[1,2]'],
    [{ args: [], kwargs: {} }, undefined],
    [{ city: 'Bergen', days: 2 }, '{"city":"Bergen","days":2}'],
    [['a', 'b'], '["a","b"]'],
    [42, '42'],
    [null, undefined],
    ['', undefined],
  ])('of the value %j is %j', (held, expected) => {
    expect(inputText(value(held))).toBe(expected)
  })

  test('gives the start of a value that is nested too deep to write', () => {
    let deep: JsonValue = 'x'
    for (let level = 0; level < 50_000; level++) deep = [deep]
    expect(inputText(value(deep))).toMatch(/^\[{2000}$/)
  })
})

describe('outputText', () => {
  test('is the text of the last assistant message, without its reasoning', () => {
    const content = messages(
      message('assistant', text('First.')),
      message('assistant', { type: 'reasoning', text: 'Hm.' }, text('Last.')),
      message('tool', { type: 'toolResult', result: 'r' }),
    )
    expect(outputText(content)).toBe('Last.')
  })

  test('is the tool calls, a line each, when nothing was said', () => {
    const content = messages(
      message(
        'assistant',
        { type: 'toolCall', id: 'c1', name: 'grep', args: { pattern: 'now' } },
        { type: 'toolCall', id: 'c2', name: 'list_files', args: 'src' },
      ),
    )
    expect(outputText(content)).toBe('→ grep({"pattern":"now"})\n→ list_files("src")')
  })

  test('takes what another role said when there is no assistant', () => {
    expect(outputText(messages(message('narrator', text('Night fell.'))))).toBe('Night fell.')
  })

  test('is what tools gave when nobody spoke', () => {
    const content = messages(
      message('tool', { type: 'toolResult', result: 'first' }, { type: 'toolResult', result: { temp: 18 } }),
    )
    expect(outputText(content)).toBe('first\n{"temp":18}')
  })

  test.each<[JsonValue, string | undefined]>([
    [{ answer: 'yes', query: 'sure?' }, 'yes'],
    [{ result: { ok: true } }, '{"result":{"ok":true}}'],
    [true, 'true'],
  ])('of the value %j is %j', (held, expected) => {
    expect(outputText(value(held))).toBe(expected)
  })
})

describe('cutText', () => {
  test.each([
    ['short', 5, 'short'],
    ['longer', 5, 'long…'],
    ['🙂🙂🙂', 3, '🙂🙂🙂'],
    ['🙂🙂🙂🙂', 3, '🙂🙂…'],
    ['a🙂', 1, '…'],
    ['', 1, ''],
  ])('cuts %j to %i code points: %j', (whole, maxCodePoints, expected) => {
    expect(cutText(whole, maxCodePoints)).toBe(expected)
  })

  test('never exceeds the length and keeps what it keeps', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (whole, maxCodePoints) => {
        const cut = cutText(whole, maxCodePoints)
        expect(Array.from(cut).length).toBeLessThanOrEqual(maxCodePoints)
        expect(cut === whole || (cut.endsWith('…') && whole.startsWith(cut.slice(0, -1)))).toBe(true)
        expect(cut.isWellFormed()).toBe(true)
      }),
    )
  })
})
