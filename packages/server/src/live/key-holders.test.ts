import type { ProjectId } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { KeyHolders } from './key-holders.ts'

const shop = 'shop' as ProjectId
const bank = 'bank' as ProjectId

/** A holder of a key, and the reasons it was ended for. */
function holderOf(keyId: string | undefined, projectId?: ProjectId, expiresUs?: number) {
  const reasons: string[] = []
  const identity = {
    scope: projectId === undefined ? {} : { projectId },
    scopes: new Set<never>(),
    keyed: keyId !== undefined,
    ...(keyId === undefined ? {} : { key: { keyId, keyHash: `hash of ${keyId}`, expiresUs } }),
  }
  return { identity, reasons, end: (reason: string) => void reasons.push(reason) }
}

function holding(...holders: ReturnType<typeof holderOf>[]): KeyHolders {
  const all = new KeyHolders()
  for (const holder of holders) all.add(holder)
  return all
}

describe('KeyHolders', () => {
  test('ends those of a key before it is revoked, and nobody else', async () => {
    const [mine, also, other, local] = [
      holderOf('a', shop),
      holderOf('a', shop),
      holderOf('b', shop),
      holderOf(undefined),
    ]
    const seen = await holding(mine, also, other, local).whileEnding({ keyId: 'a' }, async () => [...mine.reasons])
    expect(seen).toEqual(['the key is revoked'])
    expect([also, other, local].map(({ reasons }) => reasons.length)).toEqual([1, 0, 0])
  })

  test('ends those of the keys of a project before it is deleted, and nobody else', async () => {
    const [mine, other, instance, local] = [
      holderOf('a', shop),
      holderOf('b', bank),
      holderOf('c'),
      holderOf(undefined),
    ]
    const all = holding(mine, other, instance, local)
    const seen = await all.whileEnding({ projectId: shop }, async () => [...mine.reasons])
    expect(seen).toEqual(['the project of the key is deleted'])
    expect([other, instance, local].map(({ reasons }) => reasons.length)).toEqual([0, 0, 0])
  })

  test('ends those that come while their keys are ending, and no longer than that', async () => {
    const all = new KeyHolders()
    const during = holderOf('a', shop)
    const after = holderOf('a', shop)
    await all.whileEnding({ projectId: shop }, async () => all.add(during))
    all.add(after)
    expect([during.reasons.length, after.reasons.length]).toEqual([1, 0])
  })

  test('passes on what fails, and lets others in again', async () => {
    const all = new KeyHolders()
    await expect(all.whileEnding({ keyId: 'a' }, () => Promise.reject(new Error('full')))).rejects.toThrow('full')
    const later = holderOf('a', shop)
    all.add(later)
    expect(later.reasons).toEqual([])
  })

  test('ends those whose key has expired, once', () => {
    const [early, late, never] = [holderOf('a', shop, 10), holderOf('b', shop, 20), holderOf('c', shop)]
    const all = holding(early, late, never)
    for (const nowUs of [9, 10, 11]) all.endExpired(nowUs)
    expect([early, late, never].map(({ reasons }) => reasons)).toEqual([['the key has expired'], [], []])
  })

  test('ends those whose key was revoked or taken away elsewhere, and nobody else', async () => {
    const [revoked, taken, good, local] = [
      holderOf('a', shop),
      holderOf('b', bank),
      holderOf('c', shop),
      holderOf(undefined),
    ]
    const all = holding(revoked, taken, good, local)
    const stored = new Map<string, { revokedUs?: number }>([
      ['hash of a', { revokedUs: 5 }],
      ['hash of c', {}],
    ])
    await all.endRevoked(async (keyHash) => stored.get(keyHash))
    await all.endRevoked(async (keyHash) => stored.get(keyHash))
    expect([revoked, taken, good, local].map(({ reasons }) => reasons)).toEqual([
      ['the key is revoked'],
      ['the project of the key is deleted'],
      [],
      [],
    ])
  })

  test('leaves those alone who come or go while their key is looked up', async () => {
    const [comes, goes] = [holderOf('a', shop), holderOf('a', shop)]
    const all = holding(goes)
    await all.endRevoked(async () => {
      all.add(comes)
      all.remove(goes)
      return undefined
    })
    expect([comes.reasons, goes.reasons]).toEqual([[], []])
  })

  test('looks up each key that is held once, and no other', async () => {
    const asked: string[] = []
    const find = async (keyHash: string) => (asked.push(keyHash), {})
    await holding(holderOf(undefined)).endRevoked(find)
    expect(asked).toEqual([])
    await holding(holderOf('a', shop), holderOf(undefined), holderOf('b', bank), holderOf('a', shop)).endRevoked(find)
    expect(asked).toEqual(['hash of a', 'hash of b'])
  })

  test('leaves those alone who are gone', async () => {
    const gone = holderOf('a', shop, 10)
    const all = holding(gone)
    all.remove(gone)
    all.endExpired(10)
    await all.whileEnding({ keyId: 'a' }, async () => undefined)
    expect(gone.reasons).toEqual([])
  })
})
