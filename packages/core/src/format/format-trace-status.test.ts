import { describe, expect, test } from 'vitest'
import { formatTraceStatus } from './format-trace-status.ts'

describe('formatTraceStatus', () => {
  test.each([
    ['running', 0, 0, 'running'],
    ['success', 0, 0, 'finished'],
    ['warning', 1, 1, 'finished with retries'],
    ['warning', 0, 2, 'finished with errors'],
    ['warning', 0, 0, 'finished, an answer was cut'],
    ['failed', 0, 1, 'failed'],
    ['interrupted', 0, 0, 'stopped without an end'],
  ] as const)('%s with %i retries and %i errors is %s', (status, retryCount, errorCount, words) => {
    expect(formatTraceStatus(status, { retryCount, errorCount })).toBe(words)
  })
})
