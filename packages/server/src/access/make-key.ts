import { randomInt } from 'node:crypto'
import type { ProjectId } from '@tracellm/core'
import type { ApiKey, KeyScope } from '@tracellm/store'
import { hashKey } from './hash-key.ts'
import { keyStart } from './read-token.ts'

export interface KeyRequest {
  /** Absent for a key of the whole instance. */
  readonly projectId?: ProjectId | undefined
  readonly environment?: string | undefined
  readonly scopes: readonly KeyScope[]
  readonly createdUs: number
  readonly expiresUs?: number | undefined
}

/** A new key: what to store, and the key itself, to be shown this once. */
export interface MadeKey {
  readonly stored: ApiKey
  readonly key: string
}

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Makes a key of `tlm_sk_` and 32 random letters and digits (190 bits). */
export function makeKey({ projectId, environment, scopes, createdUs, expiresUs }: KeyRequest): MadeKey {
  const key = `${keyStart}${randomLetters(32)}`
  const stored: ApiKey = {
    keyId: `key_${randomLetters(12)}`,
    keyHash: hashKey(key),
    prefix: key.slice(0, keyStart.length + 6),
    scopes: [...new Set(scopes)],
    createdUs,
    ...(projectId === undefined ? {} : { projectId }),
    ...(environment === undefined ? {} : { environment }),
    ...(expiresUs === undefined ? {} : { expiresUs }),
  }
  return { stored, key }
}

function randomLetters(length: number): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('')
}
