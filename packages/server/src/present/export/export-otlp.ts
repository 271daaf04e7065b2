import { emitSpans } from '@tracellm/core/mapping'
import { writeSpansJson } from '@tracellm/core/otlp'
import type { SpanRead, TraceDetail } from '@tracellm/store'

const opening = '{"resourceSpans":['
const closing = ']}'

/** A trace as one OTLP/JSON export request under the newest names, in pieces: any OTLP receiver takes it. */
export async function* exportOtlp(
  _trace: TraceDetail,
  pages: AsyncIterable<readonly SpanRead[]>,
): AsyncGenerator<string> {
  yield opening
  let separator = ''
  for await (const page of pages) {
    if (page.length === 0) continue
    // Evaluations that log records brought belong to the span as well.
    const request = writeSpansJson(emitSpans(page.map(({ span, evaluations }) => ({ ...span, evaluations }))))
    // A request of each page, with all their groups in one list.
    yield separator + request.slice(opening.length, -closing.length)
    separator = ','
  }
  yield `${closing}\n`
}
