import type { ProjectId } from '@tracellm/core'
import type { KeyScope } from '@tracellm/store'
import { describe, expect, test } from 'vitest'
import type { Identity } from './identity.ts'
import { requireScope } from './require-scope.ts'

const projectId = 'shop' as ProjectId
const withKey = (scopes: KeyScope[], scope: Identity['scope'] = { projectId }): Identity => ({
  scope,
  scopes: new Set(scopes),
  keyed: true,
})

describe('requireScope', () => {
  test.each([
    ['read', ['read']],
    ['admin', ['read', 'admin']],
    [undefined, []],
  ] as const)('%s is for a key with %j', (needed, scopes) => {
    expect(() => requireScope(withKey([...scopes]), needed)).not.toThrow()
  })

  test.each([
    ['read', ['ingest', 'admin']],
    ['ingest', ['read']],
    ['admin', ['ingest', 'read']],
    ['instance', ['ingest', 'read', 'admin']],
  ] as const)('%s is not for a key with %j', (needed, scopes) => {
    expect(() => requireScope(withKey([...scopes]), needed)).toThrow(/the key has/)
  })

  test('a key of the whole instance with admin manages projects and reads all, and takes nothing in', () => {
    const instance = withKey(['admin'], {})
    expect(() => requireScope(instance, 'instance')).not.toThrow()
    expect(() => requireScope(instance, 'read')).not.toThrow()
    expect(() => requireScope(instance, 'ingest')).toThrow(/`ingest`/)
    expect(() => requireScope(withKey(['read'], {}), 'instance')).toThrow(/whole instance/)
  })
})
