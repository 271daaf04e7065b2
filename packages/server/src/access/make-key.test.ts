import type { ProjectId } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { hashKey } from './hash-key.ts'
import { makeKey } from './make-key.ts'

const shop = 'shop' as ProjectId

describe('makeKey', () => {
  test('makes tlm_sk_ and 32 letters and digits, never the same', () => {
    const keys = Array.from({ length: 50 }, () => makeKey({ projectId: shop, scopes: ['read'], createdUs: 1 }).key)
    for (const key of keys) expect(key).toMatch(/^tlm_sk_[0-9A-Za-z]{32}$/)
    expect(new Set(keys).size).toBe(50)
  })

  test('keeps of the key its hash and its first characters', () => {
    const { key, stored } = makeKey({ projectId: shop, environment: 'prod', scopes: ['read', 'read'], createdUs: 7 })
    expect(stored).toEqual({
      keyId: expect.stringMatching(/^key_[0-9A-Za-z]{12}$/),
      keyHash: hashKey(key),
      prefix: key.slice(0, 13),
      projectId: shop,
      environment: 'prod',
      scopes: ['read'],
      createdUs: 7,
    })
    expect(JSON.stringify(stored)).not.toContain(key)
  })
})

describe('hashKey', () => {
  test('is SHA-256 in hex', () => {
    expect(hashKey('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})
