import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** Entries that one trace brought: first its bodies, then the details of its spans. */
export interface OwnerRun {
  readonly tid: number
  readonly bodies: number
  readonly details: number
}

/**
 * A chunk is closed when it holds this much: a reader inflates one to get at any of its entries, in a quarter of a
 * millisecond. Chunks of 64 kB took 15 % more disk, and filled fewer of their pages.
 */
export const maxChunkBytes = 250_000

const lineFeed = 10

/**
 * Level 3 with a larger table of hashes of longer matches, since texts come again from far back. It takes 4 us a span more
 * than level 1 and 5 % less disk; level 4 takes 15 us for another 3 %.
 */
const packing = {
  chunkSize: 65_536,
  params: {
    [constants.ZSTD_c_compressionLevel]: 3,
    [constants.ZSTD_c_hashLog]: 17,
    [constants.ZSTD_c_minMatch]: 5,
  },
}
/** Clearing that table costs more than a small chunk is worth: few spans sent at a time are put together later. */
const packingSmall = { chunkSize: 16_384, params: { [constants.ZSTD_c_compressionLevel]: 1 } }
const smallBytes = 32_000

/** Most chunks are inflated in one piece. */
const unpacking = { chunkSize: 262_144 }

/** The text of an entry, as it is or in pieces, which may be UTF-8 already. */
export type EntryText = EntryPiece | readonly EntryPiece[]
type EntryPiece = string | Uint8Array

/**
 * A chunk: `n` entries, of consecutive ids from that of its row in the table `chunk`. They are canonical JSON texts of
 * bodies and details, joined by line feeds (JSON has none inside) and compressed together. An empty text was deleted.
 */
export function packEntries(entries: readonly EntryText[]): { raw: number; z: Uint8Array } {
  const bytes = joinedBytes(entries)
  return { raw: bytes.length, z: zstdCompressSync(bytes, bytes.length < smallBytes ? packingSmall : packing) }
}

/** Piece by piece: joined to one string first, a single piece with wide characters would make all of it wide. */
function joinedBytes(entries: readonly EntryText[]): Buffer {
  let most = 0
  for (const entry of entries) most += 1 + (isPieces(entry) ? entry.reduce(addMost, 0) : addMost(0, entry))
  const bytes = Buffer.allocUnsafe(most)
  let length = 0
  for (const entry of entries) {
    if (isPieces(entry)) for (const piece of entry) length = put(bytes, piece, length)
    else length = put(bytes, entry, length)
    bytes[length++] = lineFeed
  }
  return bytes.subarray(0, length - 1)
}

/** @returns where the next piece goes. */
function put(bytes: Buffer, piece: EntryPiece, at: number): number {
  if (typeof piece === 'string') return at + bytes.write(piece, at)
  bytes.set(piece, at)
  return at + piece.length
}

/** A character is three bytes at most. */
function addMost(sum: number, piece: EntryPiece): number {
  return sum + piece.length * (typeof piece === 'string' ? 3 : 1)
}

function isPieces(entry: EntryText): entry is readonly EntryPiece[] {
  return Array.isArray(entry)
}

/** All entries. Whoever wants few of many takes `InflatedEntries`. */
export function unpackEntries(z: Uint8Array): string[] {
  return zstdDecompressSync(z, unpacking).toString().split('\n')
}

/** The entries of a chunk, of which only those asked for are made to texts. */
export class InflatedEntries {
  readonly #bytes: Buffer
  /** Where the line feed after each entry is, or would be. */
  readonly #ends: readonly number[]

  constructor(z: Uint8Array) {
    this.#bytes = zstdDecompressSync(z, unpacking)
    const ends: number[] = []
    for (let end = -1; ;) {
      end = this.#bytes.indexOf(lineFeed, end + 1)
      if (end === -1) break
      ends.push(end)
    }
    ends.push(this.#bytes.length)
    this.#ends = ends
  }

  get length(): number {
    return this.#ends.length
  }

  /** Empty for one that was deleted, `undefined` for one that never was. */
  text(index: number): string | undefined {
    const end = this.#ends[index]
    return end === undefined
      ? undefined
      : this.#bytes.toString('utf8', index === 0 ? 0 : this.#ends[index - 1]! + 1, end)
  }
}

/** `tid:bodies:details`, with commas. */
export function encodeOwners(owners: readonly OwnerRun[]): string {
  return owners.map(({ tid, bodies, details }) => `${tid}:${bodies}:${details}`).join(',')
}

export function decodeOwners(text: string): OwnerRun[] {
  return text.split(',').map((run) => {
    const [tid, bodies, details] = run.split(':').map(Number)
    return { tid: tid!, bodies: bodies!, details: details! }
  })
}

/** An entry's place: whose it is, and which of the chunk's bodies, where it is one. */
export function placeOfEntry(owners: readonly OwnerRun[], index: number): { owner: number; body?: number } | undefined {
  let first = 0
  let firstBody = 0
  for (const { tid, bodies, details } of owners) {
    const place = index - first
    if (place < bodies) return { owner: tid, body: firstBody + place }
    if (place < bodies + details) return { owner: tid }
    first += bodies + details
    firstBody += bodies
  }
  return undefined
}
