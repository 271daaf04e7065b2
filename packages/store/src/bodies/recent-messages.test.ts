import type { Message, TraceId } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { RecentMessages } from './recent-messages.ts'

const trace = (digit: string): TraceId => digit.repeat(32) as TraceId
const message = (text: string): Message => ({ role: 'user', parts: [{ type: 'text', text }] })
const list = (...texts: string[]): Message[] => texts.map(message)

describe('RecentMessages', () => {
  test('gives the bodies of before for the part of a history that comes again', () => {
    const recent = new RecentMessages()
    recent.of(trace('1')).history(list('system', 'first'))
    const [system, first] = recent.of(trace('1')).history(list('system', 'first'))
    const answers = recent.of(trace('1')).answers(list('answer'))
    const again = recent.of(trace('1')).history(list('system', 'first', 'answer', 'next'))
    expect(again.slice(0, 3)).toEqual([system, first, answers[0]])
    for (const [index, body] of [system, first, answers[0]].entries()) expect(again[index]).toBe(body)
  })

  test('remembers a short history from the second call on, a long one from the first', () => {
    const recent = new RecentMessages()
    const short = recent.of(trace('1')).history(list('system', 'first'))
    recent.of(trace('1')).answers(list('answer'))
    expect(recent.of(trace('1')).size).toBe(0)
    const again = recent.of(trace('1')).history(list('system', 'first'))
    expect(again).toEqual(short)
    expect(recent.of(trace('1')).history(list('system', 'first'))[1]).toBe(again[1])

    const long = recent.of(trace('2')).history(list('system', 'first', 'answer'))
    expect(recent.of(trace('2')).history(list('system', 'first', 'answer', 'next'))[2]).toBe(long[2])
  })

  test('follows agents side by side', () => {
    const recent = new RecentMessages()
    recent.of(trace('1')).history(list('system', 'before'))
    const one = recent.of(trace('1')).history(list('system', 'one'))
    const other = recent.of(trace('1')).history(list('system', 'other'))
    expect(recent.of(trace('1')).history(list('system', 'one', 'more'))[1]).toBe(one[1])
    expect(recent.of(trace('1')).history(list('system', 'other', 'more'))[1]).toBe(other[1])
  })

  test('forgets traces that nothing came from for long, and no others', () => {
    const recent = new RecentMessages(4)
    const history = list('system', 'question', 'answer')
    const [first] = recent.of(trace('1')).history(history)
    const [second] = recent.of(trace('2')).history(history)
    for (const digit of ['3', '4', '5', '6']) {
      recent.of(trace(digit)).history(history)
      expect(recent.of(trace('1')).history(history)[0]).toBe(first)
    }
    expect(recent.of(trace('2')).history(history)[0]).not.toBe(second)
  })
})
