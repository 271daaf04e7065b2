import { describe, expect, test } from 'vitest'
import { isAnswerCut, livingTrace, traceStatus, type StatusFacts } from './trace-status.ts'

const calm: StatusFacts = {
  openSpans: 0,
  hasRoot: true,
  rootStatus: 'unset',
  lastChildFailed: false,
  failedSpans: 0,
  retries: 0,
  cutAnswers: 0,
  lifecycle: livingTrace,
}
const processGone = { processGone: true, rootOverdue: false }
const rootOverdue = { processGone: false, rootOverdue: true }

describe('traceStatus', () => {
  test.each<[string, Partial<StatusFacts>]>([
    ['success', {}],
    ['running', { openSpans: 1 }],
    ['interrupted', { openSpans: 1, lifecycle: processGone }],
    ['success', { lifecycle: processGone }],
    ['running', { hasRoot: false }],
    ['success', { hasRoot: false, lifecycle: rootOverdue }],
    ['running', { openSpans: 1, hasRoot: false, lifecycle: rootOverdue }],
    ['failed', { rootStatus: 'error', failedSpans: 1 }],
    ['failed', { lastChildFailed: true, failedSpans: 1 }],
    ['warning', { rootStatus: 'ok', lastChildFailed: true, failedSpans: 1 }],
    ['warning', { failedSpans: 1 }],
    ['warning', { retries: 1 }],
    ['warning', { cutAnswers: 1 }],
    ['success', { declaredStatus: 'success', rootStatus: 'error', failedSpans: 1 }],
    ['failed', { declaredStatus: 'failed', hasRoot: false }],
    ['running', { declaredStatus: 'failed', openSpans: 1 }],
    ['interrupted', { declaredStatus: 'success', openSpans: 1, lifecycle: processGone }],
  ])('is %s for %o', (status, facts) => {
    expect(traceStatus({ ...calm, ...facts })).toBe(status)
  })
})

describe('isAnswerCut', () => {
  test('is so where any choice ended by length or content filter', () => {
    expect(isAnswerCut(['stop', 'length'])).toBe(true)
    expect(isAnswerCut(['content_filter'])).toBe(true)
    expect(isAnswerCut(['stop', 'tool_calls'])).toBe(false)
    expect(isAnswerCut(undefined)).toBe(false)
  })
})
