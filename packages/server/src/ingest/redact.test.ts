import type { Span } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { redactionOf } from './redact.ts'

const secret = 'sk-live-1234567890'
const span = {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  name: `ask with ${secret}`,
  startUs: 5,
  input: { form: 'messages', messages: [{ role: 'user', parts: [{ type: 'text', text: `my key is ${secret}` }] }] },
  attributes: { headers: { authorization: `Bearer ${secret}` }, count: 3 },
  source: {
    resource: { attributes: { 'process.command': `run --key ${secret}` } },
    scope: {},
    dialects: [],
    usedKeys: [],
    mappingVersion: 1,
  },
} as unknown as Span

describe('redactionOf', () => {
  test('takes what matches out of every text and leaves the rest', () => {
    const redacted = redactionOf(['sk-live-\\w+']).span(span)
    expect(JSON.stringify(redacted)).not.toContain(secret)
    expect(redacted).toMatchObject({
      name: 'ask with [redacted]',
      traceId: span.traceId,
      startUs: 5,
      attributes: { count: 3 },
    })
  })

  test('leaves ids alone whatever the patterns match', () => {
    expect(redactionOf(['.+']).span(span)).toMatchObject({ traceId: span.traceId, spanId: span.spanId })
  })

  test('changes nothing without patterns', () => {
    expect(redactionOf([]).span(span)).toBe(span)
  })
})
