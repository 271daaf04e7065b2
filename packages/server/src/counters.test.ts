import { describe, expect, test } from 'vitest'
import { IngestCounters, type Rejected } from './counters.ts'

describe('IngestCounters', () => {
  test('keeps reasons apart by what they count, so that each sum is told by its reasons', () => {
    const counters = new IngestCounters()
    counters.reject('spans', 'malformed_record', 2)
    counters.reject('log_records', 'malformed_record', 3)
    counters.reject('spans', 'other_environment', 1)
    counters.reject('spans', 'other_environment', 0)
    counters.refuse('bad_key')
    counters.refuse('bad_key')
    counters.refuseSocket('too_many_live_clients')
    counters.cutTexts(4)
    const { rejections, rejectedSpans, refusedRequests } = counters.counts

    const sumOf = (of: Rejected) =>
      rejections.filter((rejection) => rejection.of === of).reduce((sum, { count }) => sum + count, 0)
    expect(sumOf('spans')).toBe(rejectedSpans)
    expect(sumOf('requests')).toBe(refusedRequests)
    expect(rejections).toContainEqual({ of: 'log_records', reason: 'malformed_record', count: 3 })
    expect(rejections).toContainEqual({ of: 'texts', reason: 'too_long', count: 4 })
    expect(rejections).toContainEqual({ of: 'sockets', reason: 'too_many_live_clients', count: 1 })
  })
})
