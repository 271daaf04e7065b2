import type { DecodedResource, DecodedScope } from './request.ts'

export interface ResourceGroup<Kept> {
  readonly resource: DecodedResource
  readonly scopes: readonly ScopeGroup<Kept>[]
}

export interface ScopeGroup<Kept> {
  readonly scope: DecodedScope
  readonly records: readonly Kept[]
}

/**
 * Records under the resource and scope they share, in order of first appearance. To share means to hold the same
 * object: a reader gives one to all records below it, and whoever makes records does well to do the same.
 */
export function groupBySource<Kept extends { readonly resource: DecodedResource; readonly scope: DecodedScope }>(
  records: readonly Kept[],
): ResourceGroup<Kept>[] {
  const resources = new Map<DecodedResource, Map<DecodedScope, Kept[]>>()
  for (const record of records) {
    const scopes = entry(resources, record.resource, () => new Map<DecodedScope, Kept[]>())
    entry(scopes, record.scope, () => []).push(record)
  }
  return Array.from(resources, ([resource, scopes]) => ({
    resource,
    scopes: Array.from(scopes, ([scope, kept]) => ({ scope, records: kept })),
  }))
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
