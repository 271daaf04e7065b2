import type { Allowance } from './allowance.ts'
import { AttributeList } from './attribute-list.ts'
import type { AttributeValue } from './any-value.ts'
import type { DecodedLog } from './log-request.ts'
import { timeFault } from './nanoseconds.ts'
import { malformedId, optionalSpanId, optionalTraceId, type IdText } from './record-ids.ts'
import type { UnusableRecord } from './record-list.ts'
import type { DecodedResource, DecodedScope } from './request.ts'

/** A log record while either reader fills it, and the one place that judges whether it can be kept. */
export class LogInMaking {
  timeUs: number | undefined
  observedTimeUs: number | undefined
  severityNumber = 0
  severityText: string | undefined
  body: AttributeValue
  readonly attributes: AttributeList
  flags: number | undefined
  traceId: IdText = ''
  spanId: IdText = ''
  eventName: string | undefined

  constructor(allowance: Allowance) {
    this.attributes = new AttributeList(allowance)
  }

  finish(resource: DecodedResource, scope: DecodedScope): DecodedLog | UnusableRecord {
    if (this.traceId === malformedId) return { unusable: 'the trace id is not 16 bytes (32 hex digits)' }
    if (this.spanId === malformedId) return { unusable: 'the span id is not 8 bytes (16 hex digits)' }
    const fault = timeFault('time', this.timeUs) ?? timeFault('observed time', this.observedTimeUs)
    if (fault !== undefined) return { unusable: fault }
    return {
      resource,
      scope,
      timeUs: this.timeUs,
      observedTimeUs: this.observedTimeUs,
      severityNumber: this.severityNumber <= 24 ? this.severityNumber : 0,
      severityText: this.severityText,
      body: this.body,
      attributes: this.attributes.values,
      droppedAttributesCount: this.attributes.dropped,
      flags: this.flags,
      traceId: optionalTraceId(this.traceId),
      spanId: optionalSpanId(this.spanId),
      eventName: this.eventName,
    }
  }
}
