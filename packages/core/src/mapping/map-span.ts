import type { DecodedSpan } from '../otlp/span-request.ts'
import { spanKinds, type Span } from '../span/span.ts'
import { announced } from './placeholder.ts'
import { readCall } from './read-call.ts'
import { readContext } from './read-context.ts'
import { readSides } from './read-sides.ts'
import { readSource } from './read-source.ts'
import { readStatus } from './read-status.ts'
import { readAgent, readName, readRetrieval, readTool, readType } from './read-step.ts'
import { readTimes } from './read-times.ts'
import { Reading } from './reading.ts'
import { keyIndex } from './table/all-fields.ts'
import { evaluations } from './table/evaluation.ts'
import { declaredAttempt, promptTemplate } from './table/step.ts'
import { present } from './present.ts'
import { toJsonObject } from './to-json.ts'

/** What the mapper cannot know from a span. */
export interface MappingContext {
  /** When the span came, for one that does not say when it began. A repeat should be given the first time it came. */
  readonly receivedUs: number
}

/**
 * A span of any dialect in canonical form, by the tables in `table/`. Never fails: what no row understands stays in
 * the attributes as it was sent, and what a row has used up is named in `source.usedKeys`.
 * Source: OpenTelemetry GenAI semantic conventions, and what each dialect's client writes.
 */
export function mapSpan(decoded: DecodedSpan, { receivedUs }: MappingContext): Span {
  const span = announced(decoded)
  const reading = new Reading(span, keyIndex)
  reading.type = readType(reading)
  const times = readTimes(span, receivedUs)
  const context = readContext(reading)
  const { status, error } = readStatus(reading, span)
  const sides = readSides(reading)
  const call = readCall(reading, sides.finishReasons, status === 'error')
  const tool = readTool(reading)
  const name = readName(reading, tool)
  const retrieval = readRetrieval(reading, sides.input)

  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentId: span.parentSpanId,
    name,
    originalName: name === span.name ? undefined : span.name,
    type: reading.type,
    kind: spanKinds[span.kind],
    status,
    error,
    startUs: times.startUs,
    endUs: times.endUs,
    timeFault: times.timeFault,
    origin: 'span',
    call,
    tool,
    agent: readAgent(reading),
    retrieval,
    input: sides.input ?? (retrieval?.query === undefined ? undefined : { form: 'value', value: retrieval.query }),
    output: sides.output,
    toolDefinitions: sides.toolDefinitions,
    promptTemplate: reading.merged(promptTemplate),
    evaluations: reading.gathered(evaluations),
    declaredAttempt: reading.first(declaredAttempt),
    context,
    // Last, because it is what nothing above has used.
    attributes: reading.ledger.rest,
    events: reading.ledger.restOfEvents,
    links: span.links.map(({ traceId, spanId, traceState, attributes }) => ({
      traceId,
      spanId,
      traceState,
      attributes: toJsonObject(attributes),
    })),
    traceState: span.traceState,
    flags: span.flags,
    dropped: present({
      attributes: span.droppedAttributesCount || undefined,
      events: span.droppedEventsCount || undefined,
      links: span.droppedLinksCount || undefined,
    }),
    source: readSource(reading),
  }
}
