import type { Allowance } from '../allowance.ts'
import { LogInMaking } from '../log-in-making.ts'
import type { DecodedLog } from '../log-request.ts'
import type { UnusableRecord } from '../record-list.ts'
import type { DecodedResource, DecodedScope } from '../request.ts'
import { readKeyValue, readValue } from './read-value.ts'
import type { WireReader } from './wire-reader.ts'

/** Reads a LogRecord. */
export function readLog(
  reader: WireReader,
  end: number,
  resource: DecodedResource,
  scope: DecodedScope,
  allowance: Allowance,
): DecodedLog | UnusableRecord {
  const log = new LogInMaking(allowance)
  while (reader.position < end) readLogField(reader, end, log)
  reader.finish(end)
  return log.finish(resource, scope)
}

/** The table of a log record's fields: each case is a field number and its wire type. */
function readLogField(reader: WireReader, end: number, log: LogInMaking): void {
  const tag = reader.tag()
  switch (tag) {
    case 0x09: // 1 time_unix_nano
      log.timeUs = reader.micros()
      break
    case 0x10: // 2 severity_number
      log.severityNumber = reader.varint()
      break
    case 0x1a: // 3 severity_text
      log.severityText = reader.optionalText(end)
      break
    case 0x2a: // 5 body
      log.body = readValue(reader, reader.nestedEnd(end), 0, log.body)
      break
    case 0x32: // 6 attributes
      readKeyValue(reader, reader.nestedEnd(end), 0, log.attributes.next())
      break
    case 0x38: // 7 dropped_attributes_count
      log.attributes.droppedBySender = reader.count()
      break
    case 0x45: // 8 flags
      log.flags = reader.fixed32()
      break
    case 0x4a: // 9 trace_id
      log.traceId = reader.id(end, 16)
      break
    case 0x52: // 10 span_id
      log.spanId = reader.id(end, 8)
      break
    case 0x59: // 11 observed_time_unix_nano
      log.observedTimeUs = reader.micros()
      break
    case 0x62: // 12 event_name
      log.eventName = reader.optionalText(end)
      break
    default:
      reader.skip(tag)
  }
}
