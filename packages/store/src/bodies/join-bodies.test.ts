import type { Message, Span, SpanId, TraceId } from '@tracellm/core'
import { array, assert, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Body } from './body.ts'
import { joinSpan, type StoredContext, type StoredDetail, type StoredFill } from './join-bodies.ts'
import { RecentMessages } from './recent-messages.ts'
import { mapRefs, storeRefs, type Refs } from './refs.ts'
import { anyMessage, anySpan } from '../contract/any-span.ts'
import { narrowFields, splitSpan, type NarrowSpan } from './split-bodies.ts'

/** Keeps each text once and numbers it, as a store does. */
class Bodies {
  readonly texts: string[] = []
  readonly #ids = new Map<string, number>()

  refsOf(refs: Refs<Body>): object {
    return storeRefs(mapRefs(refs, (body) => this.idOf(body)))
  }

  idOf(body: Body): number {
    const known = this.#ids.get(body.hash)
    if (known !== undefined) return known
    this.#ids.set(body.hash, this.texts.length)
    return this.texts.push(textOf(body)) - 1
  }
}

function storeAndJoin(span: Span, recent = new RecentMessages(), bodies = new Bodies(), fill?: StoredFill): Span {
  const { refs, rest, context } = splitSpan(span, recent)
  const stored = {
    narrow: Object.fromEntries(narrowFields.map((field) => [field, span[field]])) as unknown as NarrowSpan,
    source: span.source,
    detail: { refs: bodies.refsOf(refs), ...JSON.parse(rest) } as StoredDetail,
    context: context && ({ refs: bodies.refsOf(context.refs), ...JSON.parse(context.rest) } as StoredContext),
    fill,
  }
  return joinSpan(JSON.parse(JSON.stringify(stored)) as typeof stored, (id) => bodies.texts[id]!)
}

describe('joinSpan', () => {
  test('gives back what splitSpan took apart', () => {
    assert(
      property(anySpan, (span) => {
        expect(storeAndJoin(span)).toEqual(span)
      }),
    )
  })

  test('gives back each of the spans of a trace, whose histories repeat', () => {
    assert(
      property(anySpan, array(anyMessage, { minLength: 1, maxLength: 5 }), (span, said) => {
        const recent = new RecentMessages()
        const bodies = new Bodies()
        for (const length of [1, 3, 5, 2]) {
          const input = { form: 'messages' as const, messages: structuredClone(said.slice(0, length)) }
          expect(storeAndJoin({ ...span, input }, recent, bodies).input).toEqual(input)
        }
      }),
    )
  })

  test('lays over a span what log records add, and leaves what it says itself', () => {
    assert(
      property(anySpan, (span) => {
        const bodies = new Bodies()
        const message: Message = { role: 'user', parts: [{ type: 'text', text: 'from a log record' }] }
        const body = splitSpan({ ...span, input: { form: 'messages', messages: [message] } }, new RecentMessages()).refs
          .in![0]!
        const fill: StoredFill = { refs: { in: `${bodies.idOf(body)}` }, call: { usage: { reasoningTokens: 7 } } }
        const joined = storeAndJoin(span, new RecentMessages(), bodies, fill)
        expect(joined.input).toEqual(span.input ?? { form: 'messages', messages: [message] })
        expect(joined.call).toEqual({ ...span.call, usage: { ...span.call?.usage, reasoningTokens: 7 } })
      }),
    )
  })
})

describe('splitSpan', () => {
  test('refers to a message by the same hash wherever it is met', () => {
    assert(
      property(anySpan, anyMessage, anyMessage, (span, question, answer) => {
        const recent = new RecentMessages()
        const called = splitSpan({ ...span, input: messages(question), output: messages(answer) }, recent)
        const again = splitSpan({ ...span, input: messages(question, structuredClone(answer)) }, recent)
        expect(hashes(again.refs.in)).toEqual([...hashes(called.refs.in), ...hashes(called.refs.out)])
      }),
    )
  })

  test('gives different images different hashes, though both are bodies of their own', () => {
    const [one, other] = ['A', 'B'].map((letter) =>
      splitSpan({ ...plainSpan, input: messages(imageMessage(letter.repeat(5000))) }, new RecentMessages()),
    )
    expect(hashes(one!.refs.in)).not.toEqual(hashes(other!.refs.in))
    expect(textOf(one!.refs.in![0]!)).not.toContain('AAAA')
    expect(textOf(one!.refs.inParts![0]!)).toBe(`"${'A'.repeat(5000)}"`)
  })

  test('keeps the long result of a tool once, for the step of the tool and for the history that tells of it', () => {
    const result = 'what was read, '.repeat(100)
    const told: Message = { role: 'tool', parts: [{ type: 'toolResult', id: 'call_1', result }] }
    const recent = new RecentMessages()
    const step = splitSpan({ ...plainSpan, output: { form: 'value', value: result } }, recent)
    const call = splitSpan({ ...plainSpan, input: messages(told) }, recent)
    expect(hashes(call.refs.inParts)).toEqual([step.refs.outValue!.hash])
    expect(textOf(call.refs.in![0]!)).not.toContain('what was read')
    expect(storeAndJoin({ ...plainSpan, input: messages(told) }).input).toEqual(messages(told))
  })

  test('takes long attribute values out and leaves short ones', () => {
    const span = { ...plainSpan, attributes: { long: 'x'.repeat(5000), short: 'y' } }
    const { refs, rest } = splitSpan(span, new RecentMessages())
    expect(refs.lifted).toMatchObject([[['attributes', 'long'], {}]])
    expect(JSON.parse(rest)).toMatchObject({ attributes: { long: 0, short: 'y' } })
  })

  test('keeps an attribute called __proto__', () => {
    const attributes = JSON.parse(`{ "__proto__": "${'x'.repeat(5000)}", "other": 1 }`) as Span['attributes']
    expect(Object.entries(storeAndJoin({ ...plainSpan, attributes }).attributes)).toEqual(Object.entries(attributes))
  })
})

function textOf(body: Body): string {
  return Buffer.from(body.bytes()).toString()
}

const plainSpan: Span = {
  traceId: '0af7651916cd43dd8448eb211c80319c' as TraceId,
  spanId: 'b7ad6b7169203331' as SpanId,
  name: 'a span',
  type: 'llm',
  kind: 'client',
  status: 'ok',
  startUs: 1,
  endUs: 2,
  origin: 'span',
  context: {},
  attributes: {},
  events: [],
  links: [],
  source: { resource: { attributes: {} }, scope: {}, dialects: [], usedKeys: [], mappingVersion: 1 },
}

function imageMessage(data: string): Message {
  return { role: 'user', parts: [{ type: 'media', modality: 'image', data }] }
}

function messages(...list: Message[]): Extract<Span['input'], { form: 'messages' }> {
  return { form: 'messages', messages: list }
}

function hashes(bodies: readonly Body[] | undefined): string[] {
  return (bodies ?? []).map((body) => body.hash)
}
