import type { Cost, ModelCall } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { fillOf } from './fill-span.ts'
import type { Fillable, JoinRecord } from './join-facts.ts'
import { sampleCall, samplePrompt, sampleRecord } from './join-sample.ts'

const silent: Fillable = {
  type: 'llm',
  failed: false,
  hasInput: false,
  hasOutput: false,
  hasTools: false,
  call: undefined,
  error: undefined,
}
const named = (said: Partial<JoinRecord> & { atMs?: number }): JoinRecord =>
  sampleRecord({ atMs: 1, about: 'named', ...said })
const whole = (parts = 1): JoinRecord['input'] => ({ parts, isOneOfMany: false })
const one = { parts: 1, isOneOfMany: true }

/** What stands in the call of a span when records tell of it. */
function filled(own: ModelCall | undefined, ...told: ModelCall[]): ModelCall | undefined {
  const records = told.map((call) => named({ call }))
  return fillOf({ ...silent, call: own }, records)?.call
}

function priced(nanoUsd: number): Cost {
  return { nanoUsd, source: 'priced' }
}

describe('fillOf, content', () => {
  test('puts messages that were logged one by one together, where the span has none on that side', () => {
    const records = [named({ input: one }), named({ input: one }), named({ output: one })]
    expect(fillOf(silent, records)).toEqual({ input: records.slice(0, 2), output: [records[2]] })
    expect(fillOf({ ...silent, hasInput: true }, records)).toEqual({ output: [records[2]] })
    expect(fillOf({ ...silent, hasInput: true, hasOutput: true }, records)).toBeUndefined()
  })

  test('takes of whole conversations the one that says most, then the last', () => {
    const records = [named({ input: whole(2) }), named({ input: whole(3) }), named({ input: whole(2) })]
    expect(fillOf(silent, records)?.input).toEqual([records[1]])
    expect(fillOf(silent, [records[0]!, records[2]!])?.input).toEqual([records[2]])
  })

  test('takes a whole before messages one by one', () => {
    const records = [named({ input: one }), named({ input: whole() }), named({ input: one })]
    expect(fillOf(silent, records)?.input).toEqual([records[1]])
  })

  test('takes the record that stands for the step before one in passing', () => {
    const records = [sampleCall({ atMs: 1, input: whole() }), sampleRecord({ atMs: 2, input: whole() })]
    expect(fillOf(silent, records)?.input).toEqual([records[0]])
  })

  test('gives an agent the prompt, and nobody else', () => {
    const prompt = samplePrompt({ atMs: 1 })
    expect(fillOf({ ...silent, type: 'agent' }, [prompt])).toEqual({ input: [prompt] })
    expect(fillOf(silent, [prompt])).toBeUndefined()
  })

  test('brings the last definitions of tools', () => {
    const records = [named({ hasTools: true }), named({ hasTools: true }), named({})]
    expect(fillOf(silent, records)).toEqual({ tools: records[1] })
    expect(fillOf({ ...silent, hasTools: true }, records)).toBeUndefined()
  })
})

describe('fillOf, the call', () => {
  test('fills in fields that are missing, and gives those alone', () => {
    const told = { provider: 'openai', requestModel: 'other', responseId: 'r', finishReasons: ['stop'] }
    expect(filled({ requestModel: 'large' }, told)).toEqual({
      provider: 'openai',
      responseId: 'r',
      finishReasons: ['stop'],
    })
    expect(filled({ requestModel: 'large' }, { requestModel: 'other' })).toBeUndefined()
    expect(filled(undefined, { provider: 'a' }, { provider: 'b', responseId: 'r' })).toEqual({
      provider: 'a',
      responseId: 'r',
    })
  })

  test('takes all figures of a record that knows a part which the span lacks', () => {
    const own = { usage: { inputTokens: 42, outputTokens: 12 } }
    const usage = { inputTokens: 42, outputTokens: 17, cacheReadTokens: 10, reasoningTokens: 5 }
    expect(filled(own, { usage })).toEqual({ usage })
    expect(filled({ usage: { ...own.usage, cacheWriteTokens: 3 } }, { usage })?.usage).toEqual({
      ...usage,
      cacheWriteTokens: 3,
    })
  })

  test('keeps the figures of a span that knows as much', () => {
    const own = { usage: { inputTokens: 42, outputTokens: 12, reasoningTokens: 5 } }
    expect(filled(own, { usage: { inputTokens: 99, outputTokens: 99 } })).toBeUndefined()
    expect(filled(own, { usage: { inputTokens: 99, modalities: { 'audio.input': 3 } } })).toEqual({
      usage: { ...own.usage, modalities: { 'audio.input': 3 } },
    })
  })

  test('keeps the figures of a span that those of the record do not fit', () => {
    expect(filled({ usage: { inputTokens: 5, outputTokens: 5 } }, { usage: { cacheReadTokens: 6 } })).toBeUndefined()
  })

  test('takes a reported cost before a priced one, and the span’s before a record’s', () => {
    const reported = { nanoUsd: 5, source: 'reported' } as const
    expect(filled({}, { cost: reported })).toEqual({ cost: reported })
    expect(filled({ cost: priced(7) }, { cost: reported })).toEqual({ cost: reported })
    expect(filled({ cost: reported }, { cost: priced(7) })).toBeUndefined()
    expect(filled({ cost: reported }, { cost: { ...reported, nanoUsd: 6 } })).toBeUndefined()
  })

  test('takes a price with the figures that it was made of', () => {
    const own = { usage: { inputTokens: 5 }, cost: priced(5) }
    expect(filled(own, { usage: { inputTokens: 9 }, cost: priced(9) })).toBeUndefined()
    expect(filled(own, { usage: { inputTokens: 5, reasoningTokens: 1 }, cost: priced(6) })?.cost).toEqual(priced(6))
  })

  test('makes no call of a span that is none', () => {
    expect(fillOf({ ...silent, type: 'chain' }, [named({ call: { provider: 'openai' } })])).toBeUndefined()
    expect(fillOf({ ...silent, type: 'agent', call: {} }, [named({ call: { provider: 'openai' } })])).toEqual({
      call: { provider: 'openai' },
    })
  })
})

describe('fillOf, errors and evaluations', () => {
  test('a failed attempt explains a span that failed; what is said of the very span is kept in any case', () => {
    const attempt = sampleCall({ atMs: 1, failed: true, error: { message: 'overloaded' } })
    expect(fillOf(silent, [attempt])).toBeUndefined()
    expect(fillOf({ ...silent, failed: true }, [attempt])).toEqual({ error: { message: 'overloaded' } })
    expect(fillOf({ ...silent, failed: true, error: {} }, [attempt])).toBeUndefined()
    expect(fillOf(silent, [named({ error: { type: 'Timeout' } })])).toEqual({ error: { type: 'Timeout' } })
  })

  test('evaluations are added', () => {
    const [tone, taste] = ['tone', 'taste'].map((name) => ({ name, value: 1, target: 'span' }) as const)
    expect(fillOf(silent, [named({ evaluations: [tone!] }), named({ evaluations: [taste!] })])).toEqual({
      evaluations: [tone, taste],
    })
  })
})
