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

export function packEntries(entries: readonly string[]): { raw: number; z: Uint8Array } {
  const bytes = joinedBytes(entries)
  return { raw: bytes.length, z: zstdCompressSync(bytes, options) }
}

/** Text by text: joined to one string first, a single one with wide characters would make all of them wide. */
function joinedBytes(entries: readonly string[]): Buffer {
  let most = 0
  for (const text of entries) most += text.length * 3 + 1
  const bytes = Buffer.allocUnsafe(most)
  let length = 0
  for (const text of entries) {
    length += bytes.write(text, length)
    bytes[length++] = lineFeed
  }
  return bytes.subarray(0, length - 1)
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
