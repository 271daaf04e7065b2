/**
 * What is written reads as the same, in both encodings; and whatever is done to a body, reading it gives a request or
 * an OtlpDecodeError.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonBody } from '../../../../fixtures/otlp/json-parts.ts'
import { isSpanId, isTraceId } from '../ids/ids.ts'
import { newAttributes, type Attributes, type AttributeValue } from './any-value.ts'
import { OtlpDecodeError } from './decode-error.ts'
import type { DecodedLog } from './log-request.ts'
import { readLogsJson, readMetricsJson, readSpansJson } from './read-json.ts'
import { readLogsProtobuf, readMetricsProtobuf, readSpansProtobuf } from './read-protobuf.ts'
import type { DecodedResource, DecodedScope } from './request.ts'
import type { DecodedSpan, SpanKindNumber, StatusCodeNumber } from './span-request.ts'
import { writeLogsJson, writeSpansJson } from './write-json.ts'
import { writeLogsProtobuf, writeSpansProtobuf } from './write-protobuf.ts'

const text = fc.string({ unit: 'binary', maxLength: 70 })
const optionalText = fc.option(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), { nil: undefined })
const uint32 = fc.nat({ max: 0xffff_ffff })
const optionalFlags = fc.option(uint32, { nil: undefined })
const optionalTime = fc.option(fc.maxSafeNat(), { nil: undefined })
const key = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'gen_ai.request.model', ''))

function hexId(digits: number) {
  return fc
    .bigInt({ min: 1n, max: 16n ** BigInt(digits) - 1n })
    .map((id) => id.toString(16).padStart(digits, '0') as DecodedSpan['traceId'] & DecodedSpan['spanId'])
}

const traceId = hexId(32)
const spanId = hexId(16)

const { value } = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.boolean(),
    fc.maxSafeInteger(),
    // A double of -0 is written as the integer 0.
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((double) => double + 0),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
    fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
    fc.uint8Array({ maxLength: 20 }),
    fc.array(fc.option(tie('value'), { nil: undefined }), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map(attributesOf),
  ),
}))

const attributes = fc.array(fc.tuple(key, value), { maxLength: 6 }).map(attributesOf)
const facts = { attributes, droppedAttributesCount: uint32 }
const resource: fc.Arbitrary<DecodedResource> = fc.record({ ...facts, schemaUrl: optionalText })
const scope: fc.Arbitrary<DecodedScope> = fc.record({
  ...facts,
  name: optionalText,
  version: optionalText,
  schemaUrl: optionalText,
})

const span = fc.record({
  traceId,
  spanId,
  parentSpanId: fc.option(spanId, { nil: undefined }),
  traceState: optionalText,
  name: text,
  kind: fc.constantFrom<SpanKindNumber>(0, 1, 2, 3, 4, 5),
  startUs: optionalTime,
  endUs: optionalTime,
  ...facts,
  events: fc.array(fc.record({ timeUs: optionalTime, name: text, ...facts }), { maxLength: 2 }),
  droppedEventsCount: uint32,
  links: fc.array(fc.record({ traceId, spanId, traceState: optionalText, ...facts, flags: optionalFlags }), {
    maxLength: 2,
  }),
  droppedLinksCount: uint32,
  status: fc.record({ code: fc.constantFrom<StatusCodeNumber>(0, 1, 2), message: optionalText }),
  flags: optionalFlags,
})

const log = fc.record({
  timeUs: optionalTime,
  observedTimeUs: optionalTime,
  severityNumber: fc.nat({ max: 24 }),
  severityText: optionalText,
  body: fc.option(value, { nil: undefined }),
  ...facts,
  flags: optionalFlags,
  traceId: fc.option(traceId, { nil: undefined }),
  spanId: fc.option(spanId, { nil: undefined }),
  eventName: optionalText,
})

const spans: fc.Arbitrary<DecodedSpan[]> = withSources(span)
const logs: fc.Arbitrary<DecodedLog[]> = withSources(log)

/** Records of up to two resources with up to two scopes each, shared as a reader shares them. */
function withSources<Fields extends object>(record: fc.Arbitrary<Fields>) {
  const ofScope = fc.record({ scope, records: fc.array(record, { maxLength: 3 }) })
  const ofResource = fc.record({ resource, scopes: fc.array(ofScope, { maxLength: 2 }) })
  return fc
    .array(ofResource, { maxLength: 2 })
    .map((groups) =>
      groups.flatMap((group) =>
        group.scopes.flatMap((layer) =>
          layer.records.map((fields) => ({ ...fields, resource: group.resource, scope: layer.scope })),
        ),
      ),
    )
}

function attributesOf(entries: readonly (readonly [string, AttributeValue])[]): Attributes {
  const made = newAttributes()
  for (const [name, held] of entries) made[name] = held
  return made
}

describe('writeSpansJson, writeSpansProtobuf', () => {
  test('write what reads as the same spans', () => {
    fc.assert(
      fc.property(spans, (written) => {
        expect(readSpansProtobuf(writeSpansProtobuf(written)).spans).toEqual(written)
        expect(readSpansJson(jsonBody(writeSpansJson(written))).spans).toEqual(written)
      }),
    )
  })
})

describe('writeLogsJson, writeLogsProtobuf', () => {
  test('write what reads as the same log records', () => {
    fc.assert(
      fc.property(logs, (written) => {
        expect(readLogsProtobuf(writeLogsProtobuf(written)).logs).toEqual(written)
        expect(readLogsJson(jsonBody(writeLogsJson(written))).logs).toEqual(written)
      }),
    )
  })
})

const readers = {
  protobuf: [
    (body: Uint8Array) => check(readSpansProtobuf(body).spans),
    (body: Uint8Array) => check(readLogsProtobuf(body).logs),
    readMetricsProtobuf,
  ],
  json: [
    (body: Uint8Array) => check(readSpansJson(body).spans),
    (body: Uint8Array) => check(readLogsJson(body).logs),
    readMetricsJson,
  ],
}

/** Reads the body as each of the three requests, and lets an OtlpDecodeError pass as an answer. */
function readAll(encoding: keyof typeof readers, body: Uint8Array): void {
  for (const read of readers[encoding]) {
    try {
      read(body)
    } catch (error) {
      if (!(error instanceof OtlpDecodeError)) throw error
    }
  }
}

/** Whatever was done to the body, what is kept has ids and times that can be stored, or none. */
function check(records: readonly (DecodedSpan | DecodedLog)[]): void {
  for (const record of records) {
    if (record.traceId !== undefined && !isTraceId(record.traceId)) throw new Error('not a trace id')
    if (record.spanId !== undefined && !isSpanId(record.spanId)) throw new Error('not a span id')
    const times = 'kind' in record ? [record.startUs, record.endUs] : [record.timeUs, record.observedTimeUs]
    for (const time of times)
      if (time !== undefined && !(Number.isSafeInteger(time) && time >= 0)) throw new Error(`time ${time}`)
  }
}

/** Bytes changed, cut out and put in, at places given as parts of the whole length. */
const edits = fc.array(
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 3 }), fc.uint8Array({ maxLength: 3 })),
  {
    minLength: 1,
    maxLength: 4,
  },
)

function edited(body: Uint8Array, list: readonly (readonly [number, number, Uint8Array])[]): Uint8Array {
  const bytes = [...body]
  for (const [place, removed, added] of list) bytes.splice(Math.floor(place * bytes.length), removed, ...added)
  return Uint8Array.from(bytes)
}

/** The same JSON with something else in the place of its nth value. */
function replaced(root: unknown, place: number, other: unknown): unknown {
  const owners: [Record<string, unknown>, string][] = []
  const visit = (owner: unknown) => {
    if (typeof owner !== 'object' || owner === null) return
    for (const name of Object.keys(owner)) {
      owners.push([owner as Record<string, unknown>, name])
      visit((owner as Record<string, unknown>)[name])
    }
  }
  visit(root)
  const [owner, name] = owners[Math.floor(place * (owners.length - 1))] ?? [{}, '']
  owner[name] = other
  return root
}

const place = fc.double({ min: 0, max: 1, noNaN: true })

describe('the readers', () => {
  test('survive arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (body) => {
        expect(() => readAll('protobuf', body)).not.toThrow()
        expect(() => readAll('json', body)).not.toThrow()
      }),
    )
  })

  test('survive arbitrary JSON', () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        expect(() => readAll('json', jsonBody(body))).not.toThrow()
      }),
    )
  })

  test('survive requests in protobuf in which bytes were changed', () => {
    fc.assert(
      fc.property(spans, logs, edits, (someSpans, someLogs, list) => {
        expect(() => readAll('protobuf', edited(writeSpansProtobuf(someSpans), list))).not.toThrow()
        expect(() => readAll('protobuf', edited(writeLogsProtobuf(someLogs), list))).not.toThrow()
      }),
    )
  })

  test('survive requests in JSON in which bytes were changed', () => {
    fc.assert(
      fc.property(spans, logs, edits, (someSpans, someLogs, list) => {
        expect(() => readAll('json', edited(jsonBody(writeSpansJson(someSpans)), list))).not.toThrow()
        expect(() => readAll('json', edited(jsonBody(writeLogsJson(someLogs)), list))).not.toThrow()
      }),
    )
  })

  test('survive requests in JSON in which a value was replaced by any other', () => {
    fc.assert(
      fc.property(spans, logs, place, fc.jsonValue(), (someSpans, someLogs, at, other) => {
        expect(() =>
          readAll('json', jsonBody(replaced(JSON.parse(writeSpansJson(someSpans)), at, other))),
        ).not.toThrow()
        expect(() => readAll('json', jsonBody(replaced(JSON.parse(writeLogsJson(someLogs)), at, other)))).not.toThrow()
      }),
    )
  })
})
