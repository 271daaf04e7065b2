import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonValue } from '../json/json-value.ts'
import type { Message, MessagePart } from './message.ts'
import { spanSummary } from './span-summary.ts'
import { spanTypes, type Span } from './span.ts'

/** The summary of a span that has only this. */
const summaryOf = (span: Pick<Span, 'type'> & Partial<Span>) => spanSummary(span as Span)
const value = (held: JsonValue) => ({ form: 'value', value: held }) as const
const said = (role: string, ...parts: readonly MessagePart[]) =>
  ({ form: 'messages', messages: [{ role, parts } satisfies Message] }) as const
const text = (words: string): MessagePart => ({ type: 'text', text: words })
const call = (name: string): MessagePart => ({ type: 'toolCall', name, args: {} })

describe('spanSummary', () => {
  describe('of a model call', () => {
    test('names the tools it asked for, each once', () => {
      const output = said('assistant', text('Looking.'), call('grep'), call('read_file'), call('read_file'))
      expect(summaryOf({ type: 'llm', output })).toBe('→ grep, read_file ×2')
    })

    test('quotes its first words on one line', () => {
      expect(summaryOf({ type: 'llm', output: said('assistant', text('The clock\n\n  is injected.')) })).toBe(
        '“The clock is injected.”',
      )
      expect(summaryOf({ type: 'llm', output: value('Sunny.') })).toBe('“Sunny.”')
    })

    test('cuts long words inside the quotes', () => {
      const summary = summaryOf({ type: 'llm', output: said('assistant', text('word '.repeat(100))) })!
      expect(summary).toHaveLength(120)
      expect(summary).toMatch(/^“word .*…”$/)
    })

    test('shows the start of a generated object', () => {
      expect(summaryOf({ type: 'llm', output: value({ city: 'Paris', temp: 18 }) })).toBe('{"city":"Paris","temp":18}')
    })

    test('names what it made', () => {
      const image: MessagePart = { type: 'media', modality: 'image', data: 'iVBO' }
      expect(summaryOf({ type: 'llm', output: said('assistant', image, image) })).toBe('image ×2')
    })

    test('tells why it failed when nothing came out', () => {
      expect(summaryOf({ type: 'llm', error: { message: '429 rate_limit_error\n  at stack', type: 'APIError' } })).toBe(
        '429 rate_limit_error',
      )
      expect(summaryOf({ type: 'llm', error: { type: 'APIError' } })).toBe('APIError')
    })

    test('is nothing without output', () => {
      expect(summaryOf({ type: 'llm', input: said('user', text('Weather?')) })).toBeUndefined()
    })
  })

  test.each<[JsonValue, string | undefined]>([
    [{ path: 'src/auth/session.ts' }, 'src/auth/session.ts'],
    [{ pattern: 'refreshSession', paths: ['src', 'test'] }, 'refreshSession src test'],
    [{ path: 'a.ts', offset: 20, all: true }, 'a.ts offset=20 all=true'],
    [{ path: 'a.ts', old_string: 'const a = 1\nconst b = 2', new_string: 'x' }, 'a.ts x'],
    [{ command: 'npm test --\n session' }, 'npm test -- session'],
    [{ where: { city: 'Paris' } }, '{"where":{"city":"Paris"}}'],
    [{ args: [], kwargs: { city: 'Paris' } }, 'Paris'],
    [{ callId: 'r1', name: 'run', args: { command: 'echo 18' } }, 'echo 18'],
    [['a', 1], '["a",1]'],
    ['Paris', 'Paris'],
    [{}, undefined],
  ])('of a tool called with %j is %j', (args, summary) => {
    expect(summaryOf({ type: 'tool', input: value(args) })).toBe(summary)
  })

  test.each<[Partial<Span>, string | undefined]>([
    [{ retrieval: { documents: [{}, {}], topK: 8 } }, '2 of 8 passages'],
    [{ retrieval: { documents: [{}, {}], topK: 2 } }, '2 passages'],
    [{ retrieval: { documents: [{}] } }, '1 passage'],
    [{ output: value({ documents: [1, 2, 3] }) }, '3 passages'],
    [{ input: value('paris climate') }, 'paris climate'],
  ])('of a retriever with %j is %j', (about, summary) => {
    expect(summaryOf({ type: 'retriever', ...about })).toBe(summary)
  })

  test('of a reranker says from how many to how many', () => {
    const input = value({ query: 'q', documents: [1, 2, 3, 4, 5, 6, 7, 8] })
    expect(summaryOf({ type: 'reranker', input, retrieval: { documents: [{}, {}, {}] } })).toBe('8 → 3 passages')
  })

  test('of an embedding is the text, or how many', () => {
    expect(summaryOf({ type: 'embedding', input: value(['hello', 'bye']) })).toBe('2 texts')
    expect(summaryOf({ type: 'embedding', input: value(['hello']) })).toBe('hello')
    expect(summaryOf({ type: 'embedding', input: value('hello') })).toBe('hello')
  })

  test('of a judge is its judgement', () => {
    const evaluations = [
      { name: 'Relevance', value: 0.9, target: 'span' },
      { name: 'Safety', label: 'pass', value: 1, target: 'span' },
    ] as const
    expect(summaryOf({ type: 'evaluator', evaluations })).toBe('Relevance 0.9, Safety pass')
    expect(summaryOf({ type: 'guardrail', output: value('allowed') })).toBe('allowed')
  })

  test('of an agent is what it was asked', () => {
    expect(summaryOf({ type: 'agent', input: said('user', text('where does session.ts get its time from')) })).toBe(
      'where does session.ts get its time from',
    )
    expect(summaryOf({ type: 'chain' })).toBeUndefined()
  })

  test('is one line of at most 120 characters, whatever the span holds', () => {
    const content = fc.oneof(
      fc.jsonValue().map((held) => value(held as JsonValue)),
      fc.string({ unit: 'binary', maxLength: 700 }).map((words) => said('assistant', text(words), text(words))),
      fc.string({ unit: 'binary', maxLength: 700 }).map((words) => value({ path: words, more: words })),
    )
    fc.assert(
      fc.property(fc.constantFrom(...spanTypes), content, content, (type, input, output) => {
        const summary = summaryOf({ type, input, output })
        if (summary === undefined) return
        expect(Array.from(summary).length).toBeLessThanOrEqual(120)
        expect(summary).not.toMatch(/[\n\r\t]|^\s|^$/)
      }),
      { numRuns: 500 },
    )
  })

  test('looks at the start of a large value only', () => {
    let reads = 0
    const large = new Proxy<JsonValue[]>(Array<JsonValue>(1_000_000).fill('word'), {
      get: (target, key) => {
        reads++
        return Reflect.get(target, key) as unknown
      },
    })
    expect(summaryOf({ type: 'agent', input: value({ rows: large }) })).toMatch(/^\{"rows":\["word",.*…$/)
    expect(summaryOf({ type: 'tool', input: value({ rows: large }) })).toMatch(/^\{"rows":\["word",.*…$/)
    expect(reads).toBeLessThan(1000)
  })

  test('says that there is more where a long text folds to a short line', () => {
    const summary = summaryOf({ type: 'agent', input: value(`one${' '.repeat(1000)}two`) })
    expect(summary).toBe('one…')
  })

  test('does not fail on values nested too deep to write', () => {
    let deep: JsonValue = 'x'
    for (let level = 0; level < 100_000; level++) deep = { input: [deep] }
    for (const type of spanTypes) expect(summaryOf({ type, input: value(deep), output: value(deep) })?.length).toBe(120)
  })
})
