import { describe, expect, test } from 'vitest'
import { inferAttempts, retryKey } from './infer-retries.ts'
import { sampleId, sampleSpan, type SampleSpan } from './sample-span.ts'

/** The attempts of tool calls under one parent, in the order given. */
function attempts(spans: readonly Omit<SampleSpan, 'id'>[]): number[] {
  const list = spans.map((span, at) =>
    sampleSpan({ parent: 99, type: 'tool', tool: { name: 'search' }, ...span, id: at + 1 }),
  )
  const forwards = inferAttempts(list)
  expect(inferAttempts(list.toReversed())).toEqual(forwards)
  return list.map((span) => forwards.get(span.spanId)!)
}

const failed = (startUs: number, endUs: number): Omit<SampleSpan, 'id'> => ({ status: 'error', startUs, endUs })
const passed = (startUs: number, endUs: number): Omit<SampleSpan, 'id'> => ({ status: 'ok', startUs, endUs })

describe('inferAttempts', () => {
  test('counts tries after failures, and starts anew after a success', () => {
    expect(attempts([failed(0, 5), failed(6, 9), passed(10, 12), failed(13, 14), passed(15, 16)])).toEqual([
      1, 2, 3, 1, 2,
    ])
  })

  test('takes no call for a retry that began before the failure', () => {
    expect(attempts([failed(0, 10), passed(9, 20)])).toEqual([1, 1])
  })

  test('takes one that begins at the instant of the failure for a retry', () => {
    expect(attempts([failed(0, 10), passed(10, 20)])).toEqual([1, 2])
    expect(attempts([failed(10, 10), failed(10, 10), passed(10, 10)])).toEqual([1, 2, 3])
  })

  test('gives each retry of failures side by side the one that ended last before it', () => {
    expect(attempts([failed(0, 5), failed(3, 8), failed(1, 12), passed(10, 20), passed(13, 20)])).toEqual([
      1, 1, 1, 2, 2,
    ])
  })

  test('passes over a call that is open, which may be a retry itself', () => {
    expect(attempts([failed(0, 5), { startUs: 6, endUs: undefined }, passed(10, 12)])).toEqual([1, 2, 2])
    expect(attempts([{ startUs: 0, endUs: undefined, status: 'error' }, passed(10, 12)])).toEqual([1, 1])
  })

  test('believes a declared attempt and counts on from it', () => {
    expect(attempts([{ ...failed(0, 5), declaredAttempt: 3 }, failed(6, 7), passed(8, 9)])).toEqual([3, 4, 5])
    expect(attempts([failed(0, 5), { ...failed(6, 7), declaredAttempt: 1 }, passed(8, 9)])).toEqual([1, 1, 2])
  })

  test('wants the same parent, type and tool', () => {
    expect(attempts([failed(0, 5), { ...passed(6, 7), parent: 98 }])).toEqual([1, 1])
    expect(attempts([failed(0, 5), { ...passed(6, 7), tool: { name: 'write' } }])).toEqual([1, 1])
    expect(attempts([failed(0, 5), { ...passed(6, 7), type: 'retriever' }])).toEqual([1, 1])
    expect(
      attempts([
        { ...failed(0, 5), parent: undefined },
        { ...passed(6, 7), parent: undefined },
      ]),
    ).toEqual([1, 2])
  })

  test('infers nothing of spans with neither tool nor model', () => {
    expect(
      attempts([
        { ...failed(0, 5), tool: undefined },
        { ...passed(6, 7), tool: undefined },
      ]),
    ).toEqual([1, 1])
  })
})

describe('retryKey', () => {
  test('tells model calls by the model asked for, which a failed one has too', () => {
    const asked = sampleSpan({ id: 1, type: 'llm', call: { requestModel: 'gpt-4o' } })
    const answered = sampleSpan({ id: 2, type: 'llm', call: { requestModel: 'gpt-4o', responseModel: 'gpt-4o-2024' } })
    expect(retryKey(answered)).toBe(retryKey(asked))
    expect(retryKey({ ...asked, parentId: sampleId(1) })).not.toBe(retryKey(asked))
  })

  test('tells model calls by their model even where they name a tool, and tools by the tool', () => {
    const call = { requestModel: 'gpt-4o' }
    const keyOf = (type: 'llm' | 'tool', name: string): string | undefined =>
      retryKey(sampleSpan({ id: 1, type, call, tool: { name } }))
    expect(keyOf('llm', 'search')).toBe(keyOf('llm', 'write'))
    expect(keyOf('tool', 'search')).not.toBe(keyOf('tool', 'write'))
  })
})
