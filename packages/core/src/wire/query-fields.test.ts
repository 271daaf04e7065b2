import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { queryList, queryNumber } from './query-fields.ts'
import { spanIdText } from './scalars.ts'
import { listTracesQuery } from './trace.ts'

describe('queryNumber', () => {
  const field = queryNumber(z.int().min(1).max(200))

  test('reads decimals and keeps to the range', () => {
    expect(field.parse('50')).toBe(50)
    expect(queryNumber(z.number()).parse('-1.5')).toBe(-1.5)
  })

  test.each(['', ' 5', '5 ', '0x10', '1e2', '0', '201', '1.5', 'NaN', 'Infinity', '٣'])('refuses %j', (text) =>
    expect(field.safeParse(text).success).toBe(false),
  )

  test('is written as it is read', () => {
    expect(field.encode(50)).toBe('50')
  })
})

describe('queryList', () => {
  const field = queryList(spanIdText, 2)
  const ids = ['eee19b7ec3c1b174', 'eee19b7ec3c1b175']

  test('parts at commas, and leaves repeats out', () => {
    expect(field.parse(ids.join(','))).toEqual(ids)
    expect(field.parse([...ids, ids[0]].join(','))).toEqual(ids)
  })

  test.each(['', 'abc', `${ids.join(',')},eee19b7ec3c1b176`, `${ids[0]},`])('refuses %j', (text) =>
    expect(field.safeParse(text).success).toBe(false),
  )
})

describe('listTracesQuery', () => {
  test('knows its parameters and no others', () => {
    expect(listTracesQuery.parse({ status: 'failed', latency_min: '1.5' })).toEqual({
      status: 'failed',
      latency_min: 1.5,
    })
    expect(listTracesQuery.safeParse({ stauts: 'failed' }).success).toBe(false)
  })

  test('says to OpenAPI what its texts mean', () => {
    const { properties } = z.toJSONSchema(listTracesQuery, { io: 'output' })
    expect(properties).toMatchObject({ limit: { type: 'integer', minimum: 1, maximum: 200 }, from: { type: 'string' } })
  })
})
