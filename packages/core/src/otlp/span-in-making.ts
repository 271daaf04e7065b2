import type { Allowance } from './allowance.ts'
import type { SpanId, TraceId } from '../ids/ids.ts'
import { AttributeList } from './attribute-list.ts'
import type { Attributes } from './any-value.ts'
import { timeFault } from './nanoseconds.ts'
import { idFault, malformedId, optionalSpanId, optionalTraceId, type IdText } from './record-ids.ts'
import type { UnusableRecord } from './record-list.ts'
import type { DecodedResource, DecodedScope } from './request.ts'
import type {
  DecodedSpan,
  DecodedSpanEvent,
  DecodedSpanLink,
  DecodedStatus,
  SpanKindNumber,
  StatusCodeNumber,
} from './span-request.ts'

const unsetStatus: DecodedStatus = Object.freeze({ code: 0, message: undefined })

/** A span while either reader fills it, and the one place that judges whether it can be kept. */
export class SpanInMaking {
  traceId: IdText = ''
  spanId: IdText = ''
  parentSpanId: IdText = ''
  traceState: string | undefined
  name = ''
  kind = 0
  startUs: number | undefined
  endUs: number | undefined
  readonly attributes: AttributeList
  droppedEventsCount = 0
  droppedLinksCount = 0
  statusCode = 0
  statusMessage: string | undefined
  flags: number | undefined
  readonly #events: DecodedSpanEvent[] = []
  readonly #links: DecodedSpanLink[] = []
  readonly #allowance: Allowance
  #eventsLeft = 0
  #linksLeft = 0

  constructor(allowance: Allowance) {
    this.attributes = new AttributeList(allowance)
    this.#allowance = allowance
  }

  addEvent(event: DecodedSpanEvent): void {
    if (this.#allowance.takePart()) this.#events.push(event)
    else this.#eventsLeft++
  }

  /** A link to nowhere is dropped and counted, the span stays. */
  addLink(link: LinkInMaking): void {
    const traceId = link.traceId === malformedId ? undefined : optionalTraceId(link.traceId)
    const spanId = link.spanId === malformedId ? undefined : optionalSpanId(link.spanId)
    if (traceId === undefined || spanId === undefined || !this.#allowance.takePart()) this.#linksLeft++
    else this.#links.push({ ...link, traceId, spanId })
  }

  finish(resource: DecodedResource, scope: DecodedScope): DecodedSpan | UnusableRecord {
    if (this.traceId === '' && this.spanId === '')
      return { unusable: 'it has neither trace id nor span id', lacksIds: true }
    const fault =
      idFault(this.traceId, this.spanId, this.parentSpanId) ??
      timeFault('start', this.startUs) ??
      timeFault('end', this.endUs)
    if (fault !== undefined) return { unusable: fault }
    return {
      resource,
      scope,
      traceId: this.traceId as TraceId,
      spanId: this.spanId as SpanId,
      parentSpanId: optionalSpanId(this.parentSpanId),
      traceState: this.traceState,
      name: this.name,
      kind: this.kind <= 5 ? (this.kind as SpanKindNumber) : 0,
      startUs: this.startUs,
      endUs: this.endUs,
      attributes: this.attributes.values,
      droppedAttributesCount: this.attributes.dropped,
      events: this.#events,
      droppedEventsCount: this.droppedEventsCount + this.#eventsLeft,
      links: this.#links,
      droppedLinksCount: this.droppedLinksCount + this.#linksLeft,
      status: this.#status(),
      flags: this.flags,
    }
  }

  #status(): DecodedStatus {
    if (this.statusCode === 0 && this.statusMessage === undefined) return unsetStatus
    const code = this.statusCode <= 2 ? (this.statusCode as StatusCodeNumber) : 0
    return { code, message: this.statusMessage }
  }
}

export interface LinkInMaking {
  readonly traceId: IdText
  readonly spanId: IdText
  readonly traceState: string | undefined
  readonly attributes: Attributes
  readonly droppedAttributesCount: number
  readonly flags: number | undefined
}
