import { describe, expect, test } from 'vitest'
import { decodeRequest } from '../../../../../fixtures/otlp/decode-request.ts'
import { fixtureClients, readFixture, type FixtureClient } from '../../../../../fixtures/otlp/read-fixture.ts'
import { readSpansJson, writeSpansJson } from '../../otlp/index.ts'
import type { Span } from '../../span/span.ts'
import { mapSpan } from '../map-span.ts'
import { emitSpans } from './emit-span.ts'

function recordedSpans(client: FixtureClient): Span[] {
  const sent = readFixture(client).flatMap((request) => decodeRequest(request).spans)
  return sent.map((span) => mapSpan(span, { receivedUs: 0 }))
}

function thereAndBack(spans: readonly Span[]): Span[] {
  const text = writeSpansJson(emitSpans(spans))
  return readSpansJson(new TextEncoder().encode(text)).spans.map((span) => mapSpan(span, { receivedUs: 0 }))
}

/** What must be the same, whatever name it came under. */
function told({ source: _source, attributes: _attributes, events: _events, originalName: _name, ...span }: Span) {
  const usage = span.call?.usage === undefined ? undefined : { ...span.call.usage, modalities: undefined }
  return { ...span, call: { ...span.call, usage } }
}

describe('emitSpans', () => {
  test.each(fixtureClients)('says again what %s said', (client) => {
    const spans = recordedSpans(client)
    expect(thereAndBack(spans).map(told)).toEqual(spans.map(told))
  })
})
