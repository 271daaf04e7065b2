import { describe, expect, test } from 'vitest'
import { readToken } from './read-token.ts'

const key = 'tlm_sk_abc'
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('readToken', () => {
  test.each<Record<string, string>>([
    { authorization: `Bearer ${key}` },
    { authorization: `bearer   ${key} ` },
    { authorization: `Basic ${base64(`pk-lf-1:${key}`)}` },
    { authorization: `Basic ${base64(`${key}:`)}` },
    { authorization: key },
    { 'x-api-key': key },
    { api_key: key },
    { authorization: 'Bearer sk-of-another-product', 'x-api-key': key },
  ])('finds ours in %j', (headers) => expect(readToken(new Headers(headers))).toBe(key))

  test('gives a foreign one where there is no other', () => {
    expect(readToken(new Headers({ authorization: 'Bearer sk-1' }))).toBe('sk-1')
    expect(readToken(new Headers({ authorization: `Basic ${base64('pk:sk')}` }))).toBe('sk')
  })

  test.each<Record<string, string>>([{}, { authorization: '' }, { authorization: `Basic ${base64(':')}` }])(
    'finds none in %j',
    (headers) => expect(readToken(new Headers(headers))).toBeUndefined(),
  )
})
