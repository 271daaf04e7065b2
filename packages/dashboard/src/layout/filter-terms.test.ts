import { describe, expect, test } from 'vitest'
import { sampleTrace } from '../data/sample-trace.ts'
import { filterTerms, parseTerm, suggestTerms } from './filter-terms.ts'

const traces = [
  sampleTrace('a', 1, { models: ['gpt-5', 'haiku'], session_id: 'one' }),
  sampleTrace('b', 2, { models: ['haiku'], status: 'failed' }),
]
const texts = (typed: string, filter = {}) => suggestTerms(typed, filter, traces).map(({ text }) => text)

describe('parseTerm', () => {
  test('reads a name and a value', () => {
    expect(parseTerm('session: issue-482 ')).toEqual({ parameter: 'session_id', value: 'issue-482' })
    expect(parseTerm('model:"a: b"')).toEqual({ parameter: 'model', value: 'a: b' })
  })

  test.each([
    ['refund', 'Searching texts comes later'],
    ['colour:red', 'There is no colour: yet'],
    ['status:', 'status: what?'],
    ['status:green', 'A status is running, success'],
  ])('says of %s what is wrong', (text, problem) => {
    expect(parseTerm(text)).toMatchObject({ problem: expect.stringContaining(problem) })
  })
})

describe('filterTerms', () => {
  test('writes parameters as one types them', () => {
    const terms = filterTerms({ user_id: 'anna', status: 'failed' })
    expect(terms.map(({ name, value }) => `${name}:${value}`)).toEqual(['status:failed', 'user:anna'])
  })
})

describe('suggestTerms', () => {
  test('offers names that are not in use, as far as they fit', () => {
    expect(texts('s')).toEqual(['status:', 'session:'])
    expect(texts('s', { status: 'failed' })).toEqual(['session:'])
  })

  test('offers the values of the loaded traces, the commonest first', () => {
    expect(texts('model:')).toEqual(['model:haiku', 'model:gpt-5'])
    expect(texts('session:')).toEqual(['session:one'])
  })

  test('knows all statuses, and looks anywhere in a value', () => {
    expect(texts('status:')).toHaveLength(5)
    expect(texts('status:ail')).toEqual(['status:failed'])
  })
})
