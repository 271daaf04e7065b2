import { describe, expect, test } from 'vitest'
import { tokenParts } from './token-parts.ts'

const none = {
  input_tokens: null,
  output_tokens: null,
  cache_read_tokens: null,
  cache_write_tokens: null,
  reasoning_tokens: null,
}

describe('tokenParts', () => {
  test('takes what was cached out of the input, and reasoning out of the output', () => {
    const parts = tokenParts({
      input_tokens: 33_000,
      output_tokens: 1200,
      cache_read_tokens: 28_000,
      cache_write_tokens: 2000,
      reasoning_tokens: 640,
    })
    expect(parts).toEqual([
      { name: 'cached', tokens: 28_000 },
      { name: 'written to the cache', tokens: 2000 },
      { name: 'input', tokens: 3000 },
      { name: 'output', tokens: 560 },
      { name: 'reasoning', tokens: 640 },
    ])
  })

  test('leaves out what is not there', () => {
    expect(tokenParts({ ...none, input_tokens: 8 })).toEqual([{ name: 'input', tokens: 8 }])
    expect(tokenParts(none)).toEqual([])
  })

  test('is never longer than input and output, whatever a client counts', () => {
    const parts = tokenParts({ ...none, input_tokens: 10, cache_read_tokens: 25, cache_write_tokens: 3 })
    expect(parts).toEqual([{ name: 'cached', tokens: 10 }])
  })
})
