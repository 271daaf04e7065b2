import { describe, expect, test } from 'vitest'
import { bodyHeaders } from './body-headers.ts'

const read = (type?: string, encoding?: string) =>
  bodyHeaders(
    new Headers({
      ...(type !== undefined && { 'content-type': type }),
      ...(encoding !== undefined && { 'content-encoding': encoding }),
    }),
  )

describe('bodyHeaders', () => {
  test.each([
    ['application/x-protobuf', undefined, 'protobuf', 'identity'],
    ['application/json; charset=utf-8', 'gzip', 'json', 'gzip'],
    ['Application/JSON', 'GZIP', 'json', 'gzip'],
    ['application/protobuf', 'zstd', 'protobuf', 'zstd'],
    ['application/json', '', 'json', 'identity'],
  ])('%s, %s', (type, encoding, format, expected) => {
    expect(read(type, encoding)).toEqual({ status: 'known', format, encoding: expected })
  })

  test.each([
    [undefined, undefined, 'json'],
    ['text/plain', undefined, 'json'],
    ['application/x-protobuf', 'br', 'protobuf'],
    ['application/json', 'gzip, gzip', 'json'],
  ])('does not know %s, %s', (type, encoding, format) => {
    expect(read(type, encoding)).toMatchObject({ status: 'unknown', format })
  })

  test('tells a gRPC client what to set', () => {
    expect(read('application/grpc+proto')).toMatchObject({ advice: expect.stringContaining('http/protobuf') })
  })
})
