import type { Allowance } from '../allowance.ts'
import { MetricInMaking, PointInMaking } from '../metric-in-making.ts'
import type { DecodedMetric, MetricKind } from '../metric-request.ts'
import type { UnusableRecord } from '../record-list.ts'
import type { DecodedResource, DecodedScope } from '../request.ts'
import { temporalityNames } from './enum-names.ts'
import {
  countField,
  double,
  doubleField,
  enumField,
  fieldsOf,
  forEachIn,
  inside,
  int64,
  isGiven,
  isJsonFields,
  microsField,
  optionalTextField,
  readObject,
  textField,
  wholeNumber,
  type JsonFields,
} from './json-fields.ts'
import { readAttributes } from './read-value.ts'

const kinds: readonly MetricKind[] = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary']

/** Reads an item of `metrics`. */
export function readMetric(
  fields: JsonFields,
  resource: DecodedResource,
  scope: DecodedScope,
  allowance: Allowance,
): DecodedMetric | UnusableRecord {
  const metric = new MetricInMaking(allowance)
  metric.name = textField(fields, 'name')
  metric.description = optionalTextField(fields, 'description')
  metric.unit = optionalTextField(fields, 'unit')
  for (const kind of kinds) {
    readObject(fields, kind, (data) => {
      metric.begin(kind)
      forEachIn(data, 'dataPoints', (point) => metric.addPoint(readPoint(fieldsOf(point), allowance)))
      metric.temporality = enumField(data, 'aggregationTemporality', temporalityNames)
      metric.isMonotonic = data.isMonotonic === true
    })
  }
  return metric.finish(resource, scope)
}

/** How many data points a metric seems to have that could not be read. */
export function countPoints(fields: JsonFields): number {
  const counts = kinds.map((kind) => {
    const data = fields[kind]
    return isJsonFields(data) && Array.isArray(data.dataPoints) ? data.dataPoints.length : 0
  })
  return Math.max(1, ...counts)
}

/** A data point of any kind: in JSON their fields differ in nothing but in which of them there are. */
function readPoint(fields: JsonFields, allowance: Allowance): PointInMaking {
  const point = new PointInMaking(allowance)
  point.startUs = microsField(fields, 'startTimeUnixNano')
  point.timeUs = microsField(fields, 'timeUnixNano')
  readAttributes(fields, 'attributes', point.attributes)
  point.value = isGiven(fields.asInt) ? inside('asInt', () => int64(fields.asInt)) : doubleField(fields, 'asDouble')
  point.count = isGiven(fields.count) ? wholeNumber(fields.count, 'count') : undefined
  point.sum = doubleField(fields, 'sum')
  point.min = doubleField(fields, 'min')
  point.max = doubleField(fields, 'max')
  forEachIn(fields, 'bucketCounts', (count) => (point.bucketCounts ??= []).push(wholeNumber(count)))
  forEachIn(fields, 'explicitBounds', (bound) => (point.explicitBounds ??= []).push(double(bound)))
  point.flags = countField(fields, 'flags')
  return point
}
