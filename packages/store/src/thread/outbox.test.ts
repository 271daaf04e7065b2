import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Outbox } from './outbox.ts'

let near: MessagePort
let far: MessagePort
let heard: unknown[]

beforeEach(() => {
  ;({ port1: near, port2: far } = new MessageChannel())
  heard = []
  far.on('message', (message) => heard.push(message))
})

afterEach(() => near.close())

const never = (): never => {
  throw new Error('was refused')
}

describe('Outbox', () => {
  test('sends what is said in one turn as one message, and moves what is to move', async () => {
    const outbox = new Outbox(near)
    const buffer = new ArrayBuffer(8)
    outbox.send({ call: 1 }, [], never)
    outbox.send({ call: 2, buffer }, [buffer], never)
    expect(buffer.byteLength).toBe(8)
    await expect.poll(() => heard).toEqual([[{ call: 1 }, { call: 2, buffer: new ArrayBuffer(8) }]])
    expect(buffer.byteLength).toBe(0)
    outbox.send({ call: 3 }, [], never)
    await expect.poll(() => heard.length).toBe(2)
    expect(heard[1]).toEqual([{ call: 3 }])
  })

  test('tells who cannot be sent, and sends the others', async () => {
    const outbox = new Outbox(near)
    const refused: unknown[] = []
    outbox.send({ call: 1 }, [], never)
    outbox.send({ call: 2, args: [() => {}] }, [], (error) => refused.push(error))
    outbox.send({ call: 3 }, [], never)
    await expect.poll(() => heard).toEqual([[{ call: 1 }], [{ call: 3 }]])
    expect(refused).toMatchObject([{ name: 'DataCloneError' }])
  })
})
