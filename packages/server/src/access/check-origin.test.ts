import { describe, expect, test } from 'vitest'
import type { AccessSettings } from '../app-parts.ts'
import { checkHost } from './check-host.ts'
import { checkOrigin } from './check-origin.ts'

const settings: AccessSettings = {
  keysRequired: false,
  allowedHosts: ['tracellm.lan', 'box:9000'],
  corsOrigins: ['https://app.example', 'chrome-extension://abc/'],
}

const asking =
  (host: string, of = settings) =>
  () =>
    checkHost(new Headers({ host }), of)

const ask = (headers: Record<string, string>, method = 'GET') =>
  checkOrigin(new Headers({ host: 'localhost:8000', ...headers }), method, settings)

describe('checkHost', () => {
  test.each([
    'localhost:8000',
    '127.0.0.1:3000',
    '[::1]:4318',
    'LOCALHOST:8000',
    'localhost',
    'localhost:9',
    'tracellm.lan',
    'tracellm.lan:1',
    'box:9000',
  ])('lets %s in', (host) => expect(asking(host)).not.toThrow())

  test.each([
    'evil.example:8000',
    'localhost.evil.example:8000',
    '127.0.0.1.nip.io:8000',
    'box',
    '0.0.0.0:8000',
    '::1',
    '',
  ])('refuses %j', (host) => expect(asking(host)).toThrow(/no name of this server/))

  test('any name will do where a key is needed', () => {
    expect(asking('tracellm.example', { ...settings, keysRequired: true })).not.toThrow()
  })

  test('a request made in this process has none', () => {
    expect(() => checkHost(new Headers(), settings)).not.toThrow()
  })
})

describe('checkOrigin', () => {
  test.each([
    'http://localhost:8000',
    'http://localhost:5173',
    'http://localhost',
    'https://127.0.0.1:5173',
    'http://[::1]:5173',
    'https://app.example',
    'chrome-extension://abc',
  ])('lets pages of %s call', (origin) => expect(ask({ origin }, 'POST')).toBe(origin))

  test.each([
    'https://evil.example',
    'http://localhost.evil.example',
    'http://localhost:5173.evil.example',
    'http://evil.example#http://localhost',
    'https://app.example.evil.example',
    'http://app.example',
    'file://localhost',
    'null',
    '',
  ])('refuses pages of %j, whatever they ask', (origin) => {
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
      expect(() => ask({ origin }, method)).toThrow(/may not call/)
    }
  })

  test('a server reached by a name of its own serves its own pages', () => {
    const own = { host: 'tracellm.example', origin: 'https://tracellm.example' }
    expect(ask(own)).toBe(own.origin)
  })

  test('programs say nothing, and pass', () => {
    expect(ask({}, 'POST')).toBeUndefined()
  })

  test('images, scripts and forms of foreign pages are told by Sec-Fetch-Site', () => {
    const foreign = { 'sec-fetch-site': 'cross-site' }
    expect(() => ask({ ...foreign, 'sec-fetch-mode': 'no-cors' })).toThrow(/foreign page/)
    expect(() => ask({ ...foreign, 'sec-fetch-mode': 'navigate' }, 'POST')).toThrow(/foreign page/)
    expect(ask({ ...foreign, 'sec-fetch-mode': 'navigate' })).toBeUndefined()
    expect(ask({ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors' })).toBeUndefined()
    expect(ask({ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' })).toBeUndefined()
  })
})
