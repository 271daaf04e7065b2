import { TraceLLMError, type ProjectId } from '@tracellm/core'
import type { ApiKey } from '@tracellm/store'
import { describe, expect, test } from 'vitest'
import { identify, identifyVisitor } from './identify.ts'
import { makeKey, type KeyRequest } from './make-key.ts'

const nowUs = 1_000_000_000
const shop = 'shop' as ProjectId

/** A caller's side and the server's: one key stored, and what was noted about its use. */
function oneKey(request: Partial<KeyRequest> & Partial<ApiKey> = {}) {
  const { stored, key } = makeKey({ projectId: shop, scopes: ['read'], createdUs: 1, ...request })
  const touched: string[] = []
  const store = {
    findApiKey: async (hash: string) => (hash === stored.keyHash ? { ...stored, ...request } : undefined),
    touchApiKey: async (keyId: string) => void touched.push(keyId),
  }
  const partsWhere = (keysRequired: boolean) => ({ store, settings: { keysRequired }, clock: () => nowUs })
  return { key, stored, touched, partsWhere }
}

const bearer = (key: string) => new Headers({ authorization: `Bearer ${key}` })

describe('identify', () => {
  test('without a key on loopback: everything', async () => {
    const { partsWhere } = oneKey()
    expect(await identify(new Headers(), partsWhere(false))).toMatchObject({ scope: {}, keyed: false })
  })

  test('ignores credentials of other products on loopback', async () => {
    const { partsWhere } = oneKey()
    expect(await identify(bearer('sk-lf-1'), partsWhere(false))).toMatchObject({ scope: {}, keyed: false })
  })

  test.each([true, false])(
    'a good key narrows to its project and environment (keys required: %s)',
    async (required) => {
      const { key, stored, partsWhere } = oneKey({ environment: 'prod' })
      const identity = await identify(bearer(key), partsWhere(required))
      expect(identity).toEqual({
        scope: { projectId: shop, environment: 'prod' },
        scopes: new Set(['read']),
        keyed: true,
        key: { keyId: stored.keyId, keyHash: stored.keyHash, expiresUs: undefined },
      })
    },
  )

  test.each([
    ['unknown', {}, 'tlm_sk_00000000000000000000000000000000'],
    ['expired', { expiresUs: nowUs }, undefined],
    ['revoked', { revokedUs: 5 }, undefined],
  ])('refuses a key that is %s, on loopback too', async (_, of, other) => {
    const { key, partsWhere } = oneKey(of)
    for (const required of [true, false]) {
      await expect(identify(bearer(other ?? key), partsWhere(required))).rejects.toMatchObject({
        code: 'TL_KEY_UNKNOWN',
      })
    }
  })

  test('asks for a key where one is needed, and takes no foreign one', async () => {
    const { partsWhere } = oneKey()
    await expect(identify(new Headers(), partsWhere(true))).rejects.toMatchObject({ code: 'TL_KEY_REQUIRED' })
    await expect(identify(bearer('sk-1'), partsWhere(true))).rejects.toBeInstanceOf(TraceLLMError)
  })

  test('notes the last use, once a minute', async () => {
    for (const [lastUsedUs, times] of [
      [undefined, 1],
      [nowUs - 59_000_000, 0],
      [nowUs - 60_000_000, 1],
    ] as const) {
      const { key, touched, partsWhere } = oneKey({ lastUsedUs })
      await identify(bearer(key), partsWhere(true))
      expect(touched).toHaveLength(times)
    }
  })
})

describe('identifyVisitor', () => {
  test('a stranger is nobody: nothing is in its scope, and it may do nothing', async () => {
    const { partsWhere } = oneKey()
    const stranger = await identifyVisitor(new Headers(), partsWhere(true))
    expect(stranger).toEqual({ scope: { projectId: '' }, scopes: new Set(), keyed: false })
  })

  test('knows those who have a key, and those who need none', async () => {
    const { key, partsWhere } = oneKey()
    expect(await identifyVisitor(bearer(key), partsWhere(true))).toMatchObject({ scope: { projectId: shop } })
    expect(await identifyVisitor(new Headers(), partsWhere(false))).toMatchObject({ scope: {} })
  })
})
