import { byStart } from '@tracellm/core'
import type { JoinRecord, JoinSpan } from './join-facts.ts'

/**
 * How far the clocks of spans and records may be apart: coding agents give whole milliseconds, and write a record some
 * time after what it tells of has ended.
 */
export const slackUs = 50_000

/** The order in which records speak: in time, then as their sender has numbered them; never as they came. */
export function byTime(one: JoinRecord, other: JoinRecord): number {
  return (
    one.timeUs - other.timeUs ||
    (one.sequence ?? -1) - (other.sequence ?? -1) ||
    (one.place ?? 0) - (other.place ?? 0) ||
    one.digest - other.digest
  )
}

/** In start order; ids are each trace's own. */
export function bySpan(one: Pick<JoinSpan, 'startUs' | 'spanId' | 'traceId'>, other: typeof one): number {
  return byStart(one, other) || (one.traceId < other.traceId ? -1 : Number(one.traceId > other.traceId))
}

/** When what a record tells of began: its own time, which is the end, less how long it took. */
export function recordStartUs({ timeUs, standsFor }: JoinRecord): number {
  return Math.max(0, timeUs - (standsFor?.durationUs ?? 0))
}

/** Of the shorter of the two at least half lies in the other, give or take the slack. */
export function isAtSameTime(record: JoinRecord, { startUs, endUs = Infinity }: JoinSpan): boolean {
  const fromUs = recordStartUs(record)
  const overlapUs = Math.min(record.timeUs, endUs) - Math.max(fromUs, startUs)
  const shorterUs = Math.min(record.timeUs - fromUs, endUs - startUs)
  return overlapUs + slackUs >= shorterUs / 2
}

/** Whether a record's time lies within a span's. */
export function isWithin(record: JoinRecord, { startUs, endUs = Infinity }: JoinSpan): boolean {
  return recordStartUs(record) >= startUs - slackUs && record.timeUs <= endUs + slackUs
}

/** How far apart in time they are: ends, and starts where the record knows its own; for what only went in, starts. */
export function distanceUs(record: JoinRecord, { startUs, endUs }: JoinSpan): number {
  const { standsFor, input, output, timeUs } = record
  const isStart = standsFor?.type === 'prompt' || (input !== undefined && output === undefined && !standsFor)
  if (isStart || endUs === undefined) return Math.abs(recordStartUs(record) - startUs)
  const apartUs = Math.abs(timeUs - endUs)
  return standsFor?.durationUs === undefined ? apartUs : apartUs + Math.abs(recordStartUs(record) - startUs)
}
