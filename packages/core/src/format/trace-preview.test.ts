import { describe, expect, test } from 'vitest'
import { cutText } from '../span/content-text.ts'
import { tracePreview } from './trace-preview.ts'

const texts = { name: 'answer', prompt: 'Where is my parcel?', failureReason: null, response: 'In Leeds.' }
const long = 'Where is my parcel, which was sent on Monday? '.repeat(20).trim()

describe('tracePreview', () => {
  test('is what was asked', () => {
    expect(tracePreview(texts)).toBe('Where is my parcel?')
    expect(tracePreview({ ...texts, failureReason: 'timeout' })).toBe('Where is my parcel?')
  })

  test.each([
    ['is the prompt', { name: 'Where is my parcel?' }],
    ['is the start of it', { name: cutText(long, 80), prompt: cutText(long, 500) }],
    ['is all there is', { prompt: null }],
  ])('is the answer where the name %s', (_what, changes) => {
    expect(tracePreview({ ...texts, ...changes })).toBe('In Leeds.')
    expect(tracePreview({ ...texts, ...changes, failureReason: 'timeout' })).toBe('timeout')
    expect(tracePreview({ ...texts, ...changes, response: null })).toBe('')
  })

  test('keeps a prompt that only begins like the name', () => {
    expect(tracePreview({ ...texts, name: 'Where' })).toBe('Where is my parcel?')
  })
})
