import { describe, expect, test } from 'vitest'
import { exportAnswer } from './otlp-answer.ts'

const taken = { rejectedCount: 0, message: '' }

describe('exportAnswer', () => {
  test('says in protobuf by an empty message that all was taken', async () => {
    const answer = exportAnswer('protobuf', 'traces', taken)
    expect(answer.headers.get('content-type')).toBe('application/x-protobuf')
    expect(answer.headers.get('content-length')).toBe('0')
    expect((await answer.bytes()).length).toBe(0)
  })

  test.each(['protobuf', 'json'] as const)('gives the length of what it says in %s', async (format) => {
    const answer = exportAnswer(format, 'logs', { rejectedCount: 2, message: 'logRecords[1]: no bödy' })
    expect(Number(answer.headers.get('content-length'))).toBe((await answer.bytes()).length)
  })
})
