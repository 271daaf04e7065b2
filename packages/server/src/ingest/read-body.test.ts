import { describe, expect, test } from 'vitest'
import { ByteBudget } from './byte-budget.ts'
import { readBody } from './read-body.ts'

const limits = { maxBodyBytes: 100, bodyTimeoutMs: 10_000 }

function streamed(chunks: readonly string[], headers: Record<string, string> = {}): Request {
  const body = new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk))
      controller.close()
    },
  })
  return new Request('http://localhost/v1/traces', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)
}

async function read(request: Request, budget = new ByteBudget(1000)) {
  const share = budget.open()!
  return { budget, share, result: await readBody(request, undefined, share, limits) }
}

describe('readBody', () => {
  test('joins the chunks of a body and holds its bytes', async () => {
    const { result, budget, share } = await read(streamed(['first ', 'second']))
    expect(result.status === 'read' && new TextDecoder().decode(result.body)).toBe('first second')
    expect(result.status === 'read' && result.body.buffer.byteLength).toBe(12)
    expect(budget.heldBytes).toBe(12)
    share[Symbol.dispose]()
    expect(budget.heldBytes).toBe(0)
  })

  test('takes a request without a body as an empty one', async () => {
    const { result } = await read(new Request('http://localhost/', { method: 'POST' }))
    expect(result).toEqual({ status: 'read', body: new Uint8Array(0) })
  })

  test('counts while it reads, whatever the length declared', async () => {
    expect((await read(streamed(['x'.repeat(60), 'x'.repeat(60)]))).result).toEqual({ status: 'too-large' })
    expect((await read(streamed(['x'.repeat(120)], { 'content-length': '5' }))).result).toEqual({ status: 'too-large' })
    expect((await read(streamed(['x'], { 'content-length': '101' }))).result).toEqual({ status: 'too-large' })
  })

  test('finds no room when others hold the budget', async () => {
    const budget = new ByteBudget(50)
    budget.open()?.hold(30)
    expect((await read(streamed(['x'.repeat(40)]), budget)).result).toEqual({ status: 'no-room' })
    expect((await read(streamed(['x'.repeat(40)], { 'content-length': '40' }), budget)).result).toEqual({
      status: 'no-room',
    })
  })
})
