import type { DecodedResource, DecodedScope } from '../otlp/request.ts'
import type { Resource, Scope, SpanSource } from '../span/span.ts'
import { present } from './present.ts'
import type { Reading } from './reading.ts'
import { toJsonObject } from './to-json.ts'

/** Goes up when the tables give something else for the same span. */
export const mappingVersion = 1

// The decoder shares resources and scopes between the spans below them, so one object of each is enough here too.
const resources = new WeakMap<DecodedResource, Resource>()
const scopes = new WeakMap<DecodedScope, Scope>()
const sources = new WeakMap<DecodedScope, Map<string, SpanSource>>()

/** Where a span came from and what was used of it. Spans of one scope of which the same was used share the object. */
export function readSource(reading: Reading): SpanSource {
  const { resource: decodedResource, scope: decodedScope } = reading.subject
  const resource = readResource(decodedResource)
  const { dialects, usedKeys } = reading.ledger
  const alike = sources.get(decodedScope) ?? new Map<string, SpanSource>()
  sources.set(decodedScope, alike)
  const name = `${dialects.join('\n')}\n\n${usedKeys.join('\n')}`
  const known = alike.get(name)
  if (known?.resource === resource) return known
  const source = { resource, scope: readScope(decodedScope), dialects, usedKeys, mappingVersion }
  alike.set(name, source)
  return source
}

export function readResource(decoded: DecodedResource): Resource {
  let resource = resources.get(decoded)
  if (resource === undefined) {
    resource = { attributes: toJsonObject(decoded.attributes), ...present({ schemaUrl: decoded.schemaUrl }) }
    resources.set(decoded, resource)
  }
  return resource
}

export function readScope(decoded: DecodedScope): Scope {
  let scope = scopes.get(decoded)
  if (scope === undefined) {
    const attributes = Object.keys(decoded.attributes).length > 0 ? toJsonObject(decoded.attributes) : undefined
    scope = present({ name: decoded.name, version: decoded.version, attributes, schemaUrl: decoded.schemaUrl }) ?? {}
    scopes.set(decoded, scope)
  }
  return scope
}
