import { describe, expect, test } from 'vitest'
import { localUrl } from './addresses.ts'

describe('localUrl', () => {
  test.each([
    ['localhost', 'http://127.0.0.1:8000'],
    ['127.0.0.1', 'http://127.0.0.1:8000'],
    ['::1', 'http://127.0.0.1:8000'],
    ['0.0.0.0', 'http://127.0.0.1:8000'],
    ['::', 'http://[::1]:8000'],
    ['192.168.1.5', 'http://192.168.1.5:8000'],
    ['fe80::1', 'http://[fe80::1]:8000'],
    ['traces.internal', 'http://traces.internal:8000'],
  ])('%s is reached at %s', (host, url) => expect(localUrl(host, 8000)).toBe(url))
})
