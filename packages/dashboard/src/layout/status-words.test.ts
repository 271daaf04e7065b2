import { describe, expect, test } from 'vitest'
import { sampleTrace } from '../data/sample-trace.ts'
import { statusWords } from './status-words.ts'

describe('statusWords', () => {
  test.each([
    [{ status: 'running' }, 'running'],
    [{ status: 'success' }, 'finished'],
    [{ status: 'warning', retry_count: 1, error_count: 1 }, 'finished with retries'],
    [{ status: 'warning', error_count: 2 }, 'finished with errors'],
    [{ status: 'warning' }, 'finished, an answer was cut'],
    [{ status: 'failed', error_count: 1 }, 'failed'],
    [{ status: 'interrupted' }, 'stopped without an end'],
  ] as const)('of %j are: %s', (fields, words) => {
    expect(statusWords(sampleTrace('a', 0, fields))).toBe(words)
  })
})
