import type { JsonValue, Message } from '@tracellm/core'
import type { BodyRef, StepContent } from '@tracellm/store'
import { describe, expect, test } from 'vitest'
import { presentContent } from './content-json.ts'

const refOf = (name: string, bytes = 10): BodyRef => ({ hash: `hash ${name}`, key: `key ${name}`, bytes })
const value = (held: JsonValue, bytes?: number): StepContent => ({ form: 'value', value: held, ref: refOf('v', bytes) })
const says = (role: string, text: string): Message => ({ role, parts: [{ type: 'text', text }] })

function conversation(...messages: Message[]): StepContent {
  return {
    form: 'messages',
    messages: messages.map((message, index) => ({
      message,
      ref: refOf(String(index), JSON.stringify(message).length),
    })),
  }
}

describe('presentContent', () => {
  test('gives values as they are, and null for nothing', () => {
    expect(presentContent(value({ id: 7 }), undefined, 100)).toEqual({
      input: { id: 7 },
      output: null,
      messages: [],
      truncated: [],
    })
  })

  test('gives a conversation in order, and in a word what was asked and answered', () => {
    const asked = conversation(says('system', 'Be brief.'), says('user', 'Where?'))
    const presented = presentContent(asked, conversation(says('assistant', 'Here.')), 1000)
    expect(presented).toMatchObject({ input: 'Where?', output: 'Here.', truncated: [] })
    expect(presented.messages).toMatchObject([
      { direction: 'input', role: 'system', hash: 'hash 0', body: 'key 0', name: null },
      { direction: 'input', role: 'user', parts: [{ type: 'text', text: 'Where?' }] },
      { direction: 'output', role: 'assistant' },
    ])
  })

  test('cuts each body to the limit, and says what was cut, how long it is and where the whole is', () => {
    const long = says('user', 'x'.repeat(500))
    const presented = presentContent(conversation(says('system', 'Be brief.'), long), value('y'.repeat(300), 302), 100)
    expect(presented.truncated).toEqual([
      { field: 'messages[1]', bytes: JSON.stringify(long).length, body: 'key 1' },
      { field: 'output', bytes: 302, body: 'key v' },
    ])
    expect(JSON.stringify(presented.messages[1]!.parts).length).toBeLessThan(150)
    expect(presented.input).toMatch(/^x{40,100}…$/)
    expect(presented.output).toMatch(/^y{90,100}…$/)
  })
})
