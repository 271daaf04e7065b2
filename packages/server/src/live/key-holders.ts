import type { ProjectId } from '@tracellm/core'
import type { ApiKey } from '@tracellm/store'
import type { Identity } from '../access/identity.ts'

/** Keys that come to their end: one that is revoked, or all of a project that is deleted. */
type EndingKeys = { readonly keyId: string } | { readonly projectId: ProjectId }

/** What goes on after its key was looked up, as a socket does. */
export interface KeyHolder {
  readonly identity: Identity
  end(reason: string): void
}

/**
 * Who was let in with a key, so that they go when it does: a request shows its key each time, a socket only once.
 *
 * ```
 * deletion of a project     |----- taken out, in many turns -----|
 * its keys are found        |==============>
 * its holders               | end at once, and as they come      |
 * another of that name                       |------------------------------>
 * ```
 */
export class KeyHolders {
  readonly #holders = new Set<KeyHolder>()
  readonly #ending = new Set<EndingKeys>()

  /**
   * Remembers a holder; one whose key is coming to its end is ended at once. Whoever looks the key up once more after
   * this misses no end of it.
   */
  add(holder: KeyHolder): void {
    this.#holders.add(holder)
    for (const keys of this.#ending) if (isOf(holder, keys)) this.#end(holder, reasonOf(keys))
  }

  remove(holder: KeyHolder): void {
    this.#holders.delete(holder)
  }

  /** Does what ends the keys. Their holders end before it begins, so that none hears of what is written after it. */
  async whileEnding<Done>(keys: EndingKeys, work: () => Promise<Done>): Promise<Done> {
    // A key may be ended by two requests at once.
    const ending = { ...keys }
    this.#ending.add(ending)
    for (const holder of this.#holders) if (isOf(holder, ending)) this.#end(holder, reasonOf(ending))
    try {
      return await work()
    } finally {
      this.#ending.delete(ending)
    }
  }

  endExpired(nowUs: number): void {
    for (const holder of this.#holders) {
      const { expiresUs = Infinity } = holder.identity.key ?? {}
      if (nowUs >= expiresUs) this.#end(holder, 'the key has expired')
    }
  }

  /**
   * Ends those whose key was ended by another server, where several share a store. A key that this server ends, or
   * that is ended in its folder, needs none of this: a folder has one process at a time.
   * @param findKey looks up one key that is held, revoked or not, by its hash; not asked while nobody holds one
   */
  async endRevoked(findKey: (keyHash: string) => Promise<Pick<ApiKey, 'revokedUs'> | undefined>): Promise<void> {
    // Whoever comes while a key is looked up may have one that is newer than what is found.
    const held = Map.groupBy(this.#holders, ({ identity }) => identity.key?.keyHash)
    for (const [keyHash, holders] of held) {
      if (keyHash === undefined) continue
      // One after another: nobody waits for this, and readers have other work.
      const key = await findKey(keyHash)
      if (key !== undefined && key.revokedUs === undefined) continue
      const reason = key === undefined ? 'the project of the key is deleted' : 'the key is revoked'
      for (const holder of holders) if (this.#holders.has(holder)) this.#end(holder, reason)
    }
  }

  #end(holder: KeyHolder, reason: string): void {
    this.#holders.delete(holder)
    holder.end(reason)
  }
}

/** Callers without a key, and keys of the whole instance, are of no project. */
function isOf({ identity: { key, scope } }: KeyHolder, keys: EndingKeys): boolean {
  if (key === undefined) return false
  return 'keyId' in keys ? key.keyId === keys.keyId : scope.projectId === keys.projectId
}

function reasonOf(keys: EndingKeys): string {
  return 'keyId' in keys ? 'the key is revoked' : 'the project of the key is deleted'
}
