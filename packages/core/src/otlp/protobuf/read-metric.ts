import type { Allowance } from '../allowance.ts'
import { MetricInMaking, PointInMaking } from '../metric-in-making.ts'
import type { DecodedMetric, MetricKind } from '../metric-request.ts'
import type { UnusableRecord } from '../record-list.ts'
import type { DecodedResource, DecodedScope } from '../request.ts'
import { readPointField } from './read-point.ts'
import type { WireReader } from './wire-reader.ts'

/** Reads a Metric: each case is a field number and its wire type. */
export function readMetric(
  reader: WireReader,
  end: number,
  resource: DecodedResource,
  scope: DecodedScope,
  allowance: Allowance,
): DecodedMetric | UnusableRecord {
  const metric = new MetricInMaking(allowance)
  while (reader.position < end) {
    const tag = reader.tag()
    switch (tag) {
      case 0x0a: // 1 name
        metric.name = reader.text(end)
        break
      case 0x12: // 2 description
        metric.description = reader.optionalText(end)
        break
      case 0x1a: // 3 unit
        metric.unit = reader.optionalText(end)
        break
      case 0x2a: // 5 gauge
        readData(reader, reader.nestedEnd(end), metric, 'gauge', allowance)
        break
      case 0x3a: // 7 sum
        readData(reader, reader.nestedEnd(end), metric, 'sum', allowance)
        break
      case 0x4a: // 9 histogram
        readData(reader, reader.nestedEnd(end), metric, 'histogram', allowance)
        break
      case 0x52: // 10 exponential_histogram
        readData(reader, reader.nestedEnd(end), metric, 'exponentialHistogram', allowance)
        break
      case 0x5a: // 11 summary
        readData(reader, reader.nestedEnd(end), metric, 'summary', allowance)
        break
      default:
        reader.skip(tag)
    }
  }
  reader.finish(end)
  return metric.finish(resource, scope)
}

/** Gauge, Sum, Histogram, ExponentialHistogram and Summary have their few fields under the same numbers. */
function readData(
  reader: WireReader,
  end: number,
  metric: MetricInMaking,
  kind: MetricKind,
  allowance: Allowance,
): void {
  metric.begin(kind)
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) metric.addPoint(readPoint(reader, reader.nestedEnd(end), kind, allowance))
    else if (tag === 0x10) metric.temporality = reader.varint()
    else if (tag === 0x18) metric.isMonotonic = reader.varint() !== 0
    else reader.skip(tag)
  }
  reader.finish(end)
}

function readPoint(reader: WireReader, end: number, kind: MetricKind, allowance: Allowance): PointInMaking {
  const point = new PointInMaking(allowance)
  while (reader.position < end) readPointField[kind](reader, end, point)
  reader.finish(end)
  return point
}
