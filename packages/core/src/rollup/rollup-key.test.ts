import { describe, expect, test } from 'vitest'
import type { ProjectId } from '../ids/ids.ts'
import { bucketStartUs, dimsKey, type SpanDims } from './rollup-key.ts'

describe('bucketStartUs', () => {
  test('is the start of the minute, hour or day in UTC', () => {
    const instantUs = Date.UTC(2024, 1, 29, 13, 45, 59, 999) * 1000 + 999
    expect(bucketStartUs(instantUs, 'minute')).toBe(Date.UTC(2024, 1, 29, 13, 45) * 1000)
    expect(bucketStartUs(instantUs, 'hour')).toBe(Date.UTC(2024, 1, 29, 13) * 1000)
    expect(bucketStartUs(instantUs, 'day')).toBe(Date.UTC(2024, 1, 29) * 1000)
    expect(bucketStartUs(0, 'day')).toBe(0)
  })
})

describe('dimsKey', () => {
  test('tells combinations apart, absence from emptiness too', () => {
    const dims: SpanDims = {
      projectId: 'p' as ProjectId,
      environment: undefined,
      model: 'm',
      type: 'llm',
      name: 'n',
      tool: undefined,
      status: 'ok',
    }
    const all = [dims, { ...dims, environment: '' }, { ...dims, model: 'n', name: 'm' }, { ...dims, status: 'error' }]
    expect(new Set(all.map((each) => dimsKey(each as SpanDims))).size).toBe(4)
  })
})
