import { openMemoryStore } from '@tracellm/store/memory'
import { describe, expect, test } from 'vitest'
import { ask, sampleApp, sampleNowUs, sending } from '../sample-app.ts'

const store = openMemoryStore({ clock: () => sampleNowUs })
const app = sampleApp(store)

describe('routes that come later', () => {
  test.each([
    ['GET', '/sessions?limit=5'],
    ['GET', '/sessions/abc'],
    ['DELETE', '/sessions/abc'],
    ['GET', '/search?query=hello'],
    ['GET', '/filter/complete?text=sta&cursor=3'],
    ['GET', '/traces/facets?status=failed'],
    ['GET', '/projects/shop/retention'],
  ])('%s %s says so', async (method, path) => {
    const { status, body } = await ask(app, path, { method })
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'TL_NOT_YET' })
    expect(body.detail).toMatch(/comes with a later version$/)
  })

  test.each([
    ['POST', '/traces/delete'],
    ['PUT', '/projects/shop/retention'],
  ])('%s %s says so, whatever it is sent', async (method, path) => {
    const { status, body } = await ask(app, path, sending(method, { dry_run: true }))
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'TL_NOT_YET' })
  })

  test('say nothing to those without a key, where one is needed', async () => {
    expect((await ask(sampleApp(store, { keysRequired: true }), '/sessions')).body.code).toBe('TL_KEY_REQUIRED')
  })
})
