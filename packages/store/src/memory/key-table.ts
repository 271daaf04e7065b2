import { TraceLLMError, type ProjectId } from '@tracellm/core'
import type { ApiKey, Scope } from '../port/queries.ts'

/** API keys, by id. */
export class KeyTable {
  readonly #keys = new Map<string, ApiKey>()

  put(key: ApiKey): void {
    this.#keys.set(key.keyId, key)
  }

  /** Newest first. */
  list(scope: Scope): ApiKey[] {
    return this.#all()
      .filter((key) => scope.projectId === undefined || key.projectId === scope.projectId)
      .toSorted((one, other) => other.createdUs - one.createdUs || (one.keyId < other.keyId ? -1 : 1))
  }

  find(keyHash: string): ApiKey | undefined {
    return this.#all().find((key) => key.keyHash === keyHash)
  }

  revoke(scope: Scope, keyId: string, revokedUs: number): void {
    const key = this.list(scope).find((each) => each.keyId === keyId)
    if (key === undefined) throw new TraceLLMError('TL_KEY_NOT_FOUND', `no key has the id ${keyId}`)
    this.put({ ...key, revokedUs: key.revokedUs ?? revokedUs })
  }

  touch(keyId: string, usedUs: number): void {
    const key = this.#keys.get(keyId)
    if (key !== undefined) this.put({ ...key, lastUsedUs: Math.max(usedUs, key.lastUsedUs ?? 0) })
  }

  deleteOf(projectId: ProjectId): void {
    for (const key of this.list({ projectId })) this.#keys.delete(key.keyId)
  }

  #all(): ApiKey[] {
    return [...this.#keys.values()]
  }
}
