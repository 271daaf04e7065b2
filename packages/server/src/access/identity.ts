import type { ApiKey, KeyScope, Scope } from '@tracellm/store'

/**
 * Who asks. Without a key, on loopback: everything. With one: its project, its environment, its scopes.
 */
export interface Identity {
  /** The widest that this caller may see. `{}` for a caller without a key, and for a key of the whole instance. */
  readonly scope: Scope
  /** What this caller may do. */
  readonly scopes: ReadonlySet<KeyScope>
  /** Whether a key was given and is valid. */
  readonly keyed: boolean
  /** Of the key given: for what outlives a request. */
  readonly key?: Pick<ApiKey, 'keyId' | 'keyHash' | 'expiresUs'>
}
