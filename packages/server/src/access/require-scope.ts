import { TraceLLMError } from '@tracellm/core'
import type { RouteScope } from '../routes/route.ts'
import type { Identity } from './identity.ts'

/** @throws TraceLLMError `TL_SCOPE_MISSING` when the caller may not do what the route does. */
export function requireScope(identity: Identity, needed: RouteScope | undefined): void {
  if (needed === undefined || mayDo(identity, needed)) return
  const held = [...identity.scopes].join(', ')
  const what = needed === 'instance' ? 'a key of the whole instance with `admin`' : `\`${needed}\``
  throw new TraceLLMError('TL_SCOPE_MISSING', `this needs ${what}; the key has ${held}`)
}

/** A key of the whole instance with `admin` manages projects and reads all, whatever else it has. */
function mayDo(identity: Identity, needed: RouteScope): boolean {
  if (isInstanceAdmin(identity) && (needed === 'instance' || needed === 'read')) return true
  return needed !== 'instance' && identity.scopes.has(needed)
}

/** Whether the caller manages the whole instance: without a key on loopback, or with a key that belongs to no project. */
export function isInstanceAdmin(identity: Identity): boolean {
  return identity.scope.projectId === undefined && identity.scopes.has('admin')
}
