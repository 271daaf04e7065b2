import type { ProjectId, TraceId } from '@tracellm/core'
import type { TraceRow } from '@tracellm/store'
import { describe, expect, test } from 'vitest'
import { EventRing } from './event-ring.ts'
import { LiveEvent } from './live-event.ts'

function event(sequence: number): LiveEvent {
  const trace = { traceId: `${sequence}` as TraceId } as TraceRow
  const change = {
    type: 'trace.updated',
    sequence,
    projectId: 'default' as ProjectId,
    environment: undefined,
    trace,
  } as const
  return new LiveEvent(change, '', () => ({}))
}

const numbers = (events: readonly LiveEvent[]) => events.map((one) => one.sequence)

describe('EventRing', () => {
  test('gives the events after a number', () => {
    const ring = new EventRing(0, { maxEvents: 10, maxBytes: 1e6 })
    ring.push([event(1), event(2), event(3)], 3)
    expect(numbers(ring.after(0))).toEqual([1, 2, 3])
    expect(numbers(ring.after(2))).toEqual([3])
    expect(numbers(ring.after(3))).toEqual([])
  })

  test('forgets the oldest above its limits and knows how far it reaches', () => {
    const ring = new EventRing(0, { maxEvents: 2, maxBytes: 1e6 })
    expect(ring.push([event(1), event(2), event(3)], 4)).toBe(1)
    expect(numbers(ring.after(0))).toEqual([2, 3])
    expect([0, 1, 4, 5].map((sequence) => ring.reaches(sequence))).toEqual([false, true, true, false])
  })

  test('holds no more bytes than it may', () => {
    const ring = new EventRing(0, { maxEvents: 1e6, maxBytes: 10_000 })
    for (let sequence = 1; sequence <= 5000; sequence += 1) ring.push([event(sequence)], sequence)
    expect(ring.size).toBe(4)
    expect(ring.newest).toBe(5000)
  })

  test('forgets all before a hole', () => {
    const ring = new EventRing(0, { maxEvents: 10, maxBytes: 1e6 })
    ring.push([event(1)], 1)
    ring.push([event(5)], 5)
    expect(ring.reaches(1)).toBe(false)
    expect(ring.reaches(4)).toBe(true)
    expect(numbers(ring.after(0))).toEqual([5])
  })
})
