import type { Allowance } from '../allowance.ts'
import { AttributeList } from '../attribute-list.ts'
import type { DecodedResource, DecodedScope } from '../request.ts'
import { countField, optionalTextField, readObject, type JsonFields } from './json-fields.ts'
import { readAttributes } from './read-value.ts'

/** What an item of `resourceSpans` and the like says of itself. */
export function readResource(layer: JsonFields, allowance: Allowance): DecodedResource {
  const attributes = new AttributeList(allowance)
  readObject(layer, 'resource', (resource) => {
    readAttributes(resource, 'attributes', attributes)
    attributes.droppedBySender = countField(resource, 'droppedAttributesCount')
  })
  return {
    attributes: attributes.values,
    droppedAttributesCount: attributes.dropped,
    schemaUrl: optionalTextField(layer, 'schemaUrl'),
  }
}

/** What an item of `scopeSpans` and the like says of itself. */
export function readScope(layer: JsonFields, allowance: Allowance): DecodedScope {
  const attributes = new AttributeList(allowance)
  let name: string | undefined
  let version: string | undefined
  readObject(layer, 'scope', (scope) => {
    name = optionalTextField(scope, 'name')
    version = optionalTextField(scope, 'version')
    readAttributes(scope, 'attributes', attributes)
    attributes.droppedBySender = countField(scope, 'droppedAttributesCount')
  })
  return {
    name,
    version,
    attributes: attributes.values,
    droppedAttributesCount: attributes.dropped,
    schemaUrl: optionalTextField(layer, 'schemaUrl'),
  }
}
