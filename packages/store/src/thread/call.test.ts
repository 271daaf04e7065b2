import { MessageChannel, Worker } from 'node:worker_threads'
import { TraceLLMError } from '@tracellm/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ThreadClient } from './call.ts'
import type { TestCalls, TestEvents } from './call-test-worker.ts'

let worker: Worker
let client: ThreadClient<TestCalls, TestEvents>

beforeEach(() => {
  worker = new Worker(new URL('./call-test-worker.ts', import.meta.url))
  client = new ThreadClient(worker)
})

afterEach(async () => {
  await worker.terminate()
})

async function failureOf(promise: Promise<unknown>): Promise<TraceLLMError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(TraceLLMError)
  return error as TraceLLMError
}

describe('call', () => {
  test('gives what the function of the other thread returns, now or later', async () => {
    const answers = await Promise.all([
      client.call('addLater', [1, 2]),
      client.call('add', [3, 4]),
      client.call('add', [5, 6]),
    ])
    expect(answers).toEqual([3, 7, 11])
  })

  test('moves what is transferred, there and back', async () => {
    const buffer = new ArrayBuffer(1000)
    expect(await client.call('byteLengthOf', [buffer], [buffer])).toBe(1000)
    expect(buffer.byteLength).toBe(0)
    expect((await client.call('bytes', [64])).byteLength).toBe(64)
  })

  test('throws a coded error as it was thrown there', async () => {
    const error = await failureOf(client.call('failWithCode', []))
    expect(error).toMatchObject({
      code: 'TL_TRACE_AMBIGUOUS',
      detail: 'in two projects',
      fix: 'choose one',
      extra: { project_ids: ['a', 'b'] },
      status: 409,
    })
    expect(error.stack).toContain('call-test-worker.ts')
  })

  test('throws any other error as the cause of a TL_INTERNAL that does not quote it', async () => {
    const error = await failureOf(client.call('failWithoutCode', []))
    expect(error).toMatchObject({ code: 'TL_INTERNAL', cause: { name: 'RangeError', message: 'out of range' } })
    expect((error.cause as Error).stack).toContain('call-test-worker.ts')
    expect(error.detail).not.toContain('out of range')
  })

  test('keeps where a fault of ours was found, for the log', async () => {
    const error = await failureOf(client.call('failOnPurpose', []))
    expect(error).toMatchObject({ code: 'TL_INTERNAL', detail: 'a body was forgotten' })
    expect((error.cause as Error).stack).toContain('call-test-worker.ts')
  })

  test('throws what the thread knows a failure to be', async () => {
    const error = await failureOf(client.call('failWithKnownError', []))
    expect(error).toMatchObject({ code: 'TL_STORE_CORRUPT', detail: 'page 7', cause: { message: 'damaged' } })
  })

  test('fails alone when the answer or an argument cannot be sent', async () => {
    expect((await failureOf(client.call('answerWithFunction', []))).code).toBe('TL_INTERNAL')
    await expect(client.call('add', [(() => {}) as never, 1])).rejects.toThrow('could not be cloned')
    expect(await client.call('add', [1, 1])).toBe(2)
  })

  test('goes over a port that was handed to another thread', async () => {
    const { port1, port2 } = new MessageChannel()
    await client.call('connect', [port1], [port1])
    const second = new ThreadClient<TestCalls>(port2)
    expect(await second.call('add', [20, 22])).toBe(42)
    second.close()
  })
})

describe('on', () => {
  test('hears what the thread tells, until it stops listening', async () => {
    const heard: string[] = []
    const stop = client.on('told', (text) => heard.push(text))
    await client.call('tell', ['first'])
    stop()
    await client.call('tell', ['second'])
    expect(heard).toEqual(['first'])
  })
})

describe('a thread that ends', () => {
  test('refuses what is pending and what comes after, with the reason', async () => {
    const pending = failureOf(client.call('neverAnswer', []))
    await client.call('crash', [])
    expect(await pending).toMatchObject({ code: 'TL_STORE_UNAVAILABLE' })
    expect((await pending).detail).toContain('crashed on purpose')
    expect((await failureOf(client.call('add', [1, 2]))).code).toBe('TL_STORE_UNAVAILABLE')
    expect(client.gone?.detail).toContain('crashed on purpose')
  })

  test('refuses what is pending when it leaves without an error', async () => {
    expect((await failureOf(client.call('exit', []))).code).toBe('TL_STORE_UNAVAILABLE')
  })

  test('is noticed at the other end of a port too', async () => {
    const { port1, port2 } = new MessageChannel()
    const second = new ThreadClient<TestCalls>(port2)
    await client.call('connect', [port1], [port1])
    const pending = failureOf(second.call('neverAnswer', []))
    await worker.terminate()
    expect((await pending).code).toBe('TL_STORE_UNAVAILABLE')
  })
})

describe('close', () => {
  test('refuses what is pending', async () => {
    const pending = failureOf(client.call('neverAnswer', []))
    client.close()
    expect((await pending).code).toBe('TL_STORE_UNAVAILABLE')
  })
})
