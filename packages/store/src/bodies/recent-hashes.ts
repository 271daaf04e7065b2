import type { BodyHash } from './body-hash.ts'

/**
 * What is known of the bodies that were seen lately, by project and hash. Bounded: there are two generations, and when
 * the younger is full the older is dropped, but for what was looked up since.
 */
export class RecentHashes<Known> {
  readonly #generationSize: number
  #young = new Map<string, Map<BodyHash, Known>>()
  #old = new Map<string, Map<BodyHash, Known>>()
  #youngSize = 0

  /** @param maxEntries how many are kept at most (128 k: at 64 k twice as many bodies are stored a second time) */
  constructor(maxEntries = 131_072) {
    this.#generationSize = Math.ceil(maxEntries / 2)
  }

  get(project: string, hash: BodyHash): Known | undefined {
    const young = this.#young.get(project)?.get(hash)
    if (young !== undefined) return young
    const old = this.#old.get(project)?.get(hash)
    if (old !== undefined) this.set(project, hash, old)
    return old
  }

  set(project: string, hash: BodyHash, known: Known): void {
    let hashes = this.#young.get(project)
    if (hashes === undefined) this.#young.set(project, (hashes = new Map()))
    const before = hashes.size
    hashes.set(hash, known)
    this.#youngSize += hashes.size - before
    if (this.#youngSize >= this.#generationSize) this.#age()
  }

  delete(project: string, hash: BodyHash): void {
    if (this.#young.get(project)?.delete(hash) === true) this.#youngSize--
    this.#old.get(project)?.delete(hash)
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
    this.#youngSize = 0
  }

  #age(): void {
    this.#old = this.#young
    this.#young = new Map()
    this.#youngSize = 0
  }
}
