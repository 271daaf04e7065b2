import type { JsonValue } from '@tracellm/core'
import type { MessageJson } from '@tracellm/core/wire'
import { describe, expect, test } from 'vitest'
import { newSince, readConversation } from './conversation.ts'

function message(role: string, ...parts: Record<string, JsonValue>[]): MessageJson {
  return { direction: 'input', hash: '', body: '', bytes: 1, role, name: null, parts }
}

const call = (id: string, name = 'grep') => ({ type: 'toolCall', id, name, args: { pattern: name } })
const result = (id: string, text: string) => ({ type: 'toolResult', id, result: text })

describe('readConversation', () => {
  test('puts what a tool gave to its call, and leaves out the message that held nothing else', () => {
    const shown = readConversation([message('assistant', call('1'), call('2')), message('tool', result('2', 'found'))])
    expect(shown).toHaveLength(1)
    expect(shown[0]!.parts).toMatchObject([
      { id: '1', answer: undefined },
      { id: '2', answer: { result: 'found' } },
    ])
  })

  test('keeps what else the message says', () => {
    const answer = message('user', result('1', 'found'), { type: 'text', text: 'Go on.' })
    const shown = readConversation([message('assistant', call('1')), answer])
    expect(shown[1]).toMatchObject({ index: 1, parts: [{ type: 'text', text: 'Go on.' }] })
  })

  test('goes by order where a client uses an id again', () => {
    const shown = readConversation([
      message('assistant', call('call_1', 'first')),
      message('tool', result('call_1', 'one')),
      message('assistant', call('call_1', 'second')),
      message('tool', result('call_1', 'two')),
    ])
    expect(shown.flatMap(({ parts }) => parts)).toMatchObject([
      { name: 'first', answer: { result: 'one' } },
      { name: 'second', answer: { result: 'two' } },
    ])
  })

  test('leaves a result without its call where it is', () => {
    expect(readConversation([message('tool', result('9', 'lost'))])).toMatchObject([{ parts: [{ result: 'lost' }] }])
  })

  test('shows a part that was cut, or that it does not know, as it is', () => {
    const cut = { type: 'toolCall', id: '1' }
    const unknown = { type: 'hologram', depth: 3 }
    expect(readConversation([message('assistant', cut, unknown)])[0]!.parts).toEqual([
      { type: 'other', raw: cut },
      { type: 'other', raw: unknown },
    ])
  })
})

const text = (role: string) => message(role, { type: 'text', text: role })
const startOf = (...messages: MessageJson[]) => newSince(readConversation(messages))

describe('newSince', () => {
  const answer = { ...text('assistant'), direction: 'output' as const }

  test('is what the model said last, before it was asked again', () => {
    const before = [text('system'), text('user'), text('assistant'), text('user')]
    expect(startOf(...before, text('assistant'), text('user'), answer)).toBe(4)
  })

  test('is everything of a short conversation', () => {
    expect(startOf(text('system'), text('user'), answer)).toBe(0)
    expect(startOf(text('system'), text('user'), text('assistant'), text('user'), answer)).toBe(0)
  })
})
