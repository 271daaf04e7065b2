/**
 * Resource and scope, the two layers around the records.
 *
 * On the wire both may come in parts, and their schema URL usually comes after their records, to which it belongs all
 * the same. So a layer is gone through twice: here for what it says of itself, stepping over the records by their
 * length, and by the caller for the records.
 */
import type { Allowance } from '../allowance.ts'
import { AttributeList } from '../attribute-list.ts'
import type { DecodedResource, DecodedScope } from '../request.ts'
import { readKeyValue } from './read-value.ts'
import type { WireReader } from './wire-reader.ts'

/** What a ResourceSpans, ResourceLogs or ResourceMetrics says of itself. The reader is back at its start afterwards. */
export function readResource(reader: WireReader, end: number, allowance: Allowance): DecodedResource {
  const attributes = new AttributeList(allowance)
  const schemaUrl = readLayer(reader, end, (resourceEnd) => readResourceFields(reader, resourceEnd, attributes))
  return { attributes: attributes.values, droppedAttributesCount: attributes.dropped, schemaUrl }
}

/** What a ScopeSpans, ScopeLogs or ScopeMetrics says of itself. The reader is back at its start afterwards. */
export function readScope(reader: WireReader, end: number, allowance: Allowance): DecodedScope {
  const attributes = new AttributeList(allowance)
  const scope: ScopeNames = { name: undefined, version: undefined }
  const schemaUrl = readLayer(reader, end, (scopeEnd) => readScopeFields(reader, scopeEnd, attributes, scope))
  return { ...scope, attributes: attributes.values, droppedAttributesCount: attributes.dropped, schemaUrl }
}

interface ScopeNames {
  name: string | undefined
  version: string | undefined
}

/** Field 1 is the resource or scope itself, 3 the schema URL, which is given back. */
function readLayer(reader: WireReader, end: number, readSelf: (end: number) => void): string | undefined {
  const start = reader.position
  let schemaUrl: string | undefined
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) readSelf(reader.nestedEnd(end))
    else if (tag === 0x1a) schemaUrl = reader.optionalText(end)
    else reader.skip(tag)
  }
  reader.finish(end)
  reader.position = start
  return schemaUrl
}

function readResourceFields(reader: WireReader, end: number, attributes: AttributeList): void {
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) readKeyValue(reader, reader.nestedEnd(end), 0, attributes.next())
    else if (tag === 0x10) attributes.droppedBySender = reader.count()
    else reader.skip(tag)
  }
  reader.finish(end)
}

function readScopeFields(reader: WireReader, end: number, attributes: AttributeList, names: ScopeNames): void {
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) names.name = reader.optionalText(end)
    else if (tag === 0x12) names.version = reader.optionalText(end)
    else if (tag === 0x1a) readKeyValue(reader, reader.nestedEnd(end), 0, attributes.next())
    else if (tag === 0x20) attributes.droppedBySender = reader.count()
    else reader.skip(tag)
  }
  reader.finish(end)
}
