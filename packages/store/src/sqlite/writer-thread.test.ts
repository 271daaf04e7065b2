import { describe, expect, test } from 'vitest'
import { WriterHandle } from './writer-thread.ts'

const worker = new URL('./writer-thread-test-worker.ts', import.meta.url)

describe('WriterHandle', () => {
  test('knows what hinders its thread for as long as it does', async () => {
    const writer = new WriterHandle(worker)
    expect(writer.fault).toBeUndefined()
    await writer.call('sweepIdle', 0)
    expect(writer.fault).toBe('no room')
    await writer.call('sweepIdle', 0)
    expect(writer.fault).toBeUndefined()
    await writer.close()
    expect(writer.fault).toBe('the thread is being closed')
  })
})
