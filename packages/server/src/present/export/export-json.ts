import type { SpanRead, TraceDetail } from '@tracellm/store'
import { presentSpan } from '../span-json.ts'
import { presentTraceDetail } from '../trace-json.ts'

/** A trace and all its spans as one JSON document, `traceExportJson` of the wire, in pieces. */
export async function* exportJson(
  trace: TraceDetail,
  pages: AsyncIterable<readonly SpanRead[]>,
): AsyncGenerator<string> {
  const { steps: _steps, next_cursor: _cursor, ...head } = presentTraceDetail(trace, [], undefined)
  yield `{"tracellm":1,"trace":${JSON.stringify(head)},"spans":[`
  let separator = ''
  for await (const page of pages) {
    for (const read of page) {
      yield separator + JSON.stringify(presentSpan(read, Infinity))
      separator = ','
    }
  }
  yield ']}\n'
}
