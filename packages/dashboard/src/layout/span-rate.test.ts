import type { HealthJson } from '@tracellm/core/wire'
import { describe, expect, test } from 'vitest'
import { spanRate } from './span-rate.ts'

function at(uptime_s: number, received_spans: number): Pick<HealthJson, 'uptime_s' | 'ingest'> {
  const nothing = { duplicate_spans: 0, rejected_spans: 0, queued_spans: 0, queued_bytes: 0, refused_requests: 0 }
  const counts = { ...nothing, received_spans, stored_spans: received_spans, log_records: 0 }
  return { uptime_s, ingest: { ...counts, since: '', metrics: [], rejections: [] } }
}

describe('spanRate', () => {
  test('counts what came in between', () => {
    expect(spanRate(at(10, 100), at(15, 310))).toBe(42)
  })

  test('is unknown when the server has begun to count anew', () => {
    expect(spanRate(at(10, 100), at(2, 8))).toBeUndefined()
    expect(spanRate(at(10, 100), at(15, 8))).toBeUndefined()
  })
})
