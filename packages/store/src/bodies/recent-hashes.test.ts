import { describe, expect, test } from 'vitest'
import { bodyHash } from './body-hash.ts'
import { RecentHashes } from './recent-hashes.ts'

const hashes = Array.from({ length: 10 }, (_, index) => bodyHash(`body ${index}`))

describe('RecentHashes', () => {
  test('keeps what is looked up and forgets what is not', () => {
    const recent = new RecentHashes<number>(4)
    for (const [index, hash] of hashes.entries()) {
      recent.set('shop', hash, index)
      recent.get('shop', hashes[0]!)
    }
    expect(recent.get('shop', hashes[0]!)).toBe(0)
    expect(recent.get('shop', hashes[9]!)).toBe(9)
    expect(recent.get('shop', hashes[3]!)).toBeUndefined()
  })

  test('keeps projects apart', () => {
    const recent = new RecentHashes<number>()
    recent.set('shop', hashes[0]!, 1)
    expect(recent.get('bank', hashes[0]!)).toBeUndefined()
  })

  test('forgets what is deleted, of whichever age', () => {
    const recent = new RecentHashes<number>(4)
    for (const [index, hash] of hashes.slice(0, 3).entries()) recent.set('shop', hash, index)
    recent.delete('shop', hashes[0]!)
    recent.delete('shop', hashes[2]!)
    expect(hashes.slice(0, 3).map((hash) => recent.get('shop', hash))).toEqual([undefined, 1, undefined])
  })
})
