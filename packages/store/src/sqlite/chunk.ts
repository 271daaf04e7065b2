import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/**
 * Entries `firstId .. firstId + entries.length - 1` of the table `chunk`: bodies and details as canonical JSON texts,
 * joined by line feeds (JSON has none inside) and compressed together.
 */
export interface Chunk {
  readonly firstId: number
  /** An empty text was deleted. */
  readonly entries: readonly string[]
  /** Who brought the entries, in their order. */
  readonly owners: readonly OwnerRun[]
}

/** Entries that one trace brought: first its bodies, then the details of its spans. */
export interface OwnerRun {
  readonly tid: number
  readonly bodies: number
  readonly details: number
}

const lineFeed = 10

/** Level 1: higher ones cost more than they save. */
const options = { chunkSize: 65_536, params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** The text of an entry, as it is or in pieces, which may be UTF-8 already. */
export type EntryText = EntryPiece | readonly EntryPiece[]
type EntryPiece = string | Uint8Array

export function packEntries(entries: readonly EntryText[]): { raw: number; z: Uint8Array } {
  const bytes = joinedBytes(entries)
  return { raw: bytes.length, z: zstdCompressSync(bytes, options) }
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

export function unpackEntries(z: Uint8Array): string[] {
  return zstdDecompressSync(z).toString().split('\n')
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
