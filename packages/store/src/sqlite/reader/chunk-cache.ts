import { hashAt, hexOfHash } from '../../bodies/body-hash.ts'
import { decodeOwners, InflatedEntries, placeOfEntry, type OwnerRun } from '../chunk.ts'
import type { Reader } from './reader.ts'

/** Bytes of inflated chunks that are kept: the bodies of a trace lie together, and are asked for together. */
const maxBytes = 32 * 1024 * 1024

interface CachedChunk {
  readonly firstId: number
  readonly raw: number
  readonly entries: InflatedEntries
  readonly owners: readonly OwnerRun[]
  /** 16 bytes a body, as latin1. */
  readonly hashes: string
}

/** A body or a detail, and where it comes from. */
export interface Entry {
  readonly text: string
  /** The trace that brought it. */
  readonly owner: number
  /** 32 hex characters; absent for a detail. */
  readonly hash: string | undefined
}

/** Inflated chunks, the longest unused dropped first. */
export class ChunkCache {
  readonly #reader: Reader
  readonly #maxBytes: number
  readonly #chunks = new Map<number, CachedChunk>()
  #bytes = 0

  constructor(reader: Reader, limit = maxBytes) {
    this.#reader = reader
    this.#maxBytes = limit
  }

  /** @returns `undefined` when the entry was deleted, or never was. */
  entry(id: number): Entry | undefined {
    const chunk = this.#chunkOf(id)
    const text = chunk?.entries.text(id - chunk.firstId)
    if (chunk === undefined || text === undefined || text === '') return undefined
    const { owner, body } = placeOfEntry(chunk.owners, id - chunk.firstId)!
    return { text, owner, hash: body === undefined ? undefined : hexOfHash(hashAt(chunk.hashes, body)) }
  }

  #chunkOf(id: number): CachedChunk | undefined {
    // What is emptied or repacked changes these two.
    const row = this.#reader
      .prepareArrays('select id, n, raw from chunk where id <= ? order by id desc limit 1')
      .get(id)
    if (row === undefined) return undefined
    const [firstId, n, raw] = row as unknown as [number, number, number]
    const known = this.#chunks.get(firstId)
    this.#forget(known)
    const chunk = known?.raw === raw && known.entries.length === n ? known : this.#load(firstId, raw)
    this.#keep(chunk)
    return chunk
  }

  #load(firstId: number, raw: number): CachedChunk {
    const row = this.#reader.prepareArrays('select owners, hash, z from chunk where id = ?').get(firstId)
    const [owners, hash, z] = row as unknown as [string, Uint8Array, Uint8Array]
    return {
      firstId,
      raw,
      entries: new InflatedEntries(z),
      owners: decodeOwners(owners),
      hashes: Buffer.from(hash).toString('latin1'),
    }
  }

  #keep(chunk: CachedChunk): void {
    this.#chunks.set(chunk.firstId, chunk)
    this.#bytes += chunk.raw
    for (const oldest of this.#chunks.values()) {
      if (this.#bytes <= this.#maxBytes || oldest === chunk) return
      this.#forget(oldest)
    }
  }

  #forget(chunk: CachedChunk | undefined): void {
    if (chunk !== undefined && this.#chunks.delete(chunk.firstId)) this.#bytes -= chunk.raw
  }
}
