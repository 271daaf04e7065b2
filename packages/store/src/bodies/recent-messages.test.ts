import type { Message, TraceId } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { RecentMessages } from './recent-messages.ts'

const trace = (digit: string): TraceId => digit.repeat(32) as TraceId
const message = (text: string): Message => ({ role: 'user', parts: [{ type: 'text', text }] })
const list = (...texts: string[]): Message[] => texts.map(message)

describe('RecentMessages', () => {
  test('gives the bodies of before for the part of a history that comes again', () => {
    const recent = new RecentMessages()
    const [system, first] = recent.history(trace('1'), list('system', 'first'))
    const answers = recent.answers(trace('1'), list('answer'))
    const again = recent.history(trace('1'), list('system', 'first', 'answer', 'next'))
    expect(again.slice(0, 3)).toEqual([system, first, answers[0]])
    for (const [index, body] of [system, first, answers[0]].entries()) expect(again[index]).toBe(body)
  })

  test('follows agents side by side', () => {
    const recent = new RecentMessages()
    const one = recent.history(trace('1'), list('system', 'one'))
    const other = recent.history(trace('1'), list('system', 'other'))
    expect(recent.history(trace('1'), list('system', 'one', 'more'))[1]).toBe(one[1])
    expect(recent.history(trace('1'), list('system', 'other', 'more'))[1]).toBe(other[1])
  })

  test('forgets the trace that was untouched longest', () => {
    const recent = new RecentMessages(2)
    const [first] = recent.history(trace('1'), list('system'))
    recent.history(trace('2'), list('system'))
    recent.history(trace('3'), list('system'))
    expect(recent.history(trace('1'), list('system'))[0]).not.toBe(first)
  })
})
