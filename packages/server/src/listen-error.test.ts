import { describe, expect, test } from 'vitest'
import { listenError } from './listen-error.ts'

const fault = (code: string) => Object.assign(new Error(code), { code })

describe('listenError', () => {
  test.each([
    ['EADDRINUSE', '127.0.0.1', 8000, 'TL_PORT_TAKEN', 'another program listens on 127.0.0.1:8000'],
    [
      'EACCES',
      '127.0.0.1',
      80,
      'TL_PORT_FORBIDDEN',
      'this user may not listen on 127.0.0.1:80: ports below 1024 are for the system',
    ],
    ['EACCES', '::1', 50_000, 'TL_PORT_FORBIDDEN', 'this user may not listen on [::1]:50000'],
    ['ENOTFOUND', 'nowhere', 80, 'TL_BAD_SETTING', 'nowhere is no address of this machine'],
  ])('says of %s at %s what is so', (code, address, port, ours, detail) => {
    expect(listenError(fault(code), address, port)).toMatchObject({ code: ours, detail })
  })

  test('leaves what nobody expected', () => {
    const error = fault('EMFILE')
    expect(listenError(error, '127.0.0.1', 8000)).toBe(error)
  })
})
