import { finiteNumber } from '../any-value.ts'
import type { PointInMaking } from '../metric-in-making.ts'
import type { MetricKind } from '../metric-request.ts'
import { readKeyValue } from './read-value.ts'
import type { WireReader } from './wire-reader.ts'

type ReadPointField = (reader: WireReader, end: number, point: PointInMaking) => void

/** Reads one field of a data point: a table a kind, each case a field number and its wire type. */
export const readPointField: Readonly<Record<MetricKind, ReadPointField>> = {
  gauge: readNumberField,
  sum: readNumberField,
  histogram: readHistogramField,
  exponentialHistogram: readExponentialField,
  summary: readSummaryField,
}

/** NumberDataPoint. */
function readNumberField(reader: WireReader, end: number, point: PointInMaking): void {
  const tag = reader.tag()
  switch (tag) {
    case 0x21: // 4 as_double
      point.value = finiteNumber(reader.double())
      break
    case 0x31: // 6 as_int
      point.value = reader.fixedInt64()
      break
    case 0x3a: // 7 attributes
      readKeyValue(reader, reader.nestedEnd(end), 0, point.attributes.next())
      break
    case 0x40: // 8 flags
      point.flags = reader.count()
      break
    default:
      readTimeField(reader, tag, point)
  }
}

/** HistogramDataPoint. */
function readHistogramField(reader: WireReader, end: number, point: PointInMaking): void {
  const tag = reader.tag()
  switch (tag) {
    case 0x31: // 6 bucket_counts, one by one
      ;(point.bucketCounts ??= []).push(reader.fixedCount())
      break
    case 0x32: // 6 bucket_counts, packed
      readPacked(reader, reader.nestedEnd(end), (point.bucketCounts ??= []), () => reader.fixedCount())
      break
    case 0x39: // 7 explicit_bounds, one by one
      ;(point.explicitBounds ??= []).push(reader.double())
      break
    case 0x3a: // 7 explicit_bounds, packed
      readPacked(reader, reader.nestedEnd(end), (point.explicitBounds ??= []), () => reader.double())
      break
    case 0x4a: // 9 attributes
      readKeyValue(reader, reader.nestedEnd(end), 0, point.attributes.next())
      break
    case 0x50: // 10 flags
      point.flags = reader.count()
      break
    case 0x59: // 11 min
      point.min = finiteNumber(reader.double())
      break
    case 0x61: // 12 max
      point.max = finiteNumber(reader.double())
      break
    default:
      readTotalField(reader, tag, point)
  }
}

/** ExponentialHistogramDataPoint, of which the buckets are left out. */
function readExponentialField(reader: WireReader, end: number, point: PointInMaking): void {
  const tag = reader.tag()
  switch (tag) {
    case 0x0a: // 1 attributes
      readKeyValue(reader, reader.nestedEnd(end), 0, point.attributes.next())
      break
    case 0x50: // 10 flags
      point.flags = reader.count()
      break
    case 0x61: // 12 min
      point.min = finiteNumber(reader.double())
      break
    case 0x69: // 13 max
      point.max = finiteNumber(reader.double())
      break
    default:
      readTotalField(reader, tag, point)
  }
}

/** SummaryDataPoint, of which the quantiles are left out. */
function readSummaryField(reader: WireReader, end: number, point: PointInMaking): void {
  const tag = reader.tag()
  switch (tag) {
    case 0x3a: // 7 attributes
      readKeyValue(reader, reader.nestedEnd(end), 0, point.attributes.next())
      break
    case 0x40: // 8 flags
      point.flags = reader.count()
      break
    default:
      readTotalField(reader, tag, point)
  }
}

/** What all but numbers have. */
function readTotalField(reader: WireReader, tag: number, point: PointInMaking): void {
  if (tag === 0x21) point.count = reader.fixedCount() // 4 count
  else if (tag === 0x29) point.sum = finiteNumber(reader.double()) // 5 sum
  else readTimeField(reader, tag, point)
}

/** What all have. */
function readTimeField(reader: WireReader, tag: number, point: PointInMaking): void {
  if (tag === 0x11) point.startUs = reader.micros() // 2 start_time_unix_nano
  else if (tag === 0x19) point.timeUs = reader.micros() // 3 time_unix_nano
  else reader.skip(tag)
}

function readPacked(reader: WireReader, end: number, into: number[], readOne: () => number): void {
  while (reader.position < end) into.push(readOne())
  reader.finish(end)
}
