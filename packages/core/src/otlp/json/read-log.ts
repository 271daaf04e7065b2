import type { Allowance } from '../allowance.ts'
import { LogInMaking } from '../log-in-making.ts'
import type { DecodedLog } from '../log-request.ts'
import type { UnusableRecord } from '../record-list.ts'
import type { DecodedResource, DecodedScope } from '../request.ts'
import { severityNames } from './enum-names.ts'
import {
  countField,
  enumField,
  idField,
  microsField,
  optionalCountField,
  optionalTextField,
  type JsonFields,
} from './json-fields.ts'
import { readAttributes, readValueField } from './read-value.ts'

/** Reads an item of `logRecords`. */
export function readLog(
  fields: JsonFields,
  resource: DecodedResource,
  scope: DecodedScope,
  allowance: Allowance,
): DecodedLog | UnusableRecord {
  const log = new LogInMaking(allowance)
  log.timeUs = microsField(fields, 'timeUnixNano')
  log.observedTimeUs = microsField(fields, 'observedTimeUnixNano')
  log.severityNumber = enumField(fields, 'severityNumber', severityNames)
  log.severityText = optionalTextField(fields, 'severityText')
  log.body = readValueField(fields, 'body', 0)
  readAttributes(fields, 'attributes', log.attributes)
  log.attributes.droppedBySender = countField(fields, 'droppedAttributesCount')
  log.flags = optionalCountField(fields, 'flags')
  log.traceId = idField(fields, 'traceId', 32)
  log.spanId = idField(fields, 'spanId', 16)
  log.eventName = optionalTextField(fields, 'eventName')
  return log.finish(resource, scope)
}
