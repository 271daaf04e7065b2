import type { DecodedResource } from '../otlp/request.ts'
import type { Attributes } from '../otlp/any-value.ts'
import { text } from './readers.ts'

/**
 * The name of the project that a span or log record asks for: that of its resource, else its own.
 * `projectIdOfName` makes an id of it; a key or a header decides before it.
 */
export function projectNameOf(record: {
  readonly resource: DecodedResource
  readonly attributes: Attributes
}): string | undefined {
  return (
    text(record.resource.attributes['openinference.project.name']) ??
    text(record.attributes['langsmith.trace.session_name'])
  )
}
