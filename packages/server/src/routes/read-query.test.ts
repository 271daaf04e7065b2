import { listTracesQuery } from '@tracellm/core/wire'
import { describe, expect, test } from 'vitest'
import { readQuery } from './read-query.ts'

const read = (query: string) => readQuery(listTracesQuery, `http://localhost/traces?${query}`)

describe('readQuery', () => {
  test('gives values by name', () => {
    expect(read('status=failed&limit=5&user_id=anna%20b')).toEqual({ status: 'failed', limit: 5, user_id: 'anna b' })
    expect(read('')).toEqual({})
  })

  test.each([
    ['colour=red', /`colour`: not known here/],
    ['limit=0', /`limit`: expected number to be >=1/],
    ['limit=ten', /`limit`: a number is asked for/],
    ['status=bad', /`status`: expected one of/],
    ['model=', /`model`: empty/],
    ['status=failed&status=success', /`status`: given twice/],
    ['__proto__=1', /`__proto__`: not known here/],
    ['constructor=1', /`constructor`: not known here/],
  ])('refuses %s', (query, message) => expect(() => read(query)).toThrow(message))

  test('takes nothing where a route names nothing', () => {
    expect(readQuery(undefined, 'http://localhost/openapi.json')).toEqual({})
    expect(() => readQuery(undefined, 'http://localhost/openapi.json?a=1')).toThrow(/`a`: not known here/)
  })
})
