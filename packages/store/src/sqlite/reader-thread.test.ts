import { describe, expect, test } from 'vitest'
import { spanIdOf, traceIdOf } from '../contract/index.ts'
import { ReaderHandle } from './reader-thread.ts'

const worker = new URL('./reader-thread-test-worker.ts', import.meta.url)

describe('ReaderHandle', () => {
  test('keeps one thread as long as it lives', async () => {
    const reader = new ReaderHandle('', worker)
    const counts = [await reader.call('readStats', {}), await reader.call('readStats', {})]
    expect(counts.map(({ traces }) => traces)).toEqual([1, 2])
    await reader.close()
  })

  test('refuses the call that its thread dies over, and answers the next from a new one', async () => {
    const reader = new ReaderHandle('', worker)
    await reader.call('readStats', {})
    await expect(reader.call('readSpan', {}, traceIdOf(1), spanIdOf(1))).rejects.toMatchObject({
      code: 'TL_STORE_UNAVAILABLE',
    })
    expect(await reader.call('readStats', {})).toMatchObject({ traces: 1 })
    await reader.close()
  })

  test('starts no thread any more once it is closed', async () => {
    const reader = new ReaderHandle('', worker)
    await reader.close()
    await expect(reader.call('readStats', {})).rejects.toMatchObject({ code: 'TL_STORE_UNAVAILABLE' })
  })
})
