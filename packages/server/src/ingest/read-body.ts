import type { IncomingMessage } from 'node:http'
import type { BudgetShare } from './byte-budget.ts'

export interface BodyLimits {
  readonly maxBodyBytes: number
  readonly bodyTimeoutMs: number
}

/** `body` is exactly as long as its buffer, so that it can be handed to another thread. */
export type BodyRead =
  | { readonly status: 'read'; readonly body: Uint8Array<ArrayBuffer> }
  | { readonly status: 'too-large' | 'no-room' | 'too-slow' | 'aborted' }

/**
 * Reads a request body within the limits, and holds its bytes in the budget as they come.
 *
 * Bytes are counted while they stream in: many clients send no `Content-Length`, and one that is there is only
 * believed in so far as it refuses early. Node's own request is read where there is one, because a web stream costs
 * another copy of every body. What is left of a refused body is the server's to drain.
 */
export async function readBody(
  request: Request,
  incoming: IncomingMessage | undefined,
  share: BudgetShare,
  limits: BodyLimits,
): Promise<BodyRead> {
  const declared = declaredLength(request)
  if (declared !== undefined && declared > limits.maxBodyBytes) return { status: 'too-large' }
  if (declared !== undefined && !share.hold(declared)) return { status: 'no-room' }
  const gathering = new GatheredBody(share, declared ?? 0, limits.maxBodyBytes)
  return incoming === undefined
    ? readWebBody(request, gathering)
    : readNodeBody(incoming, gathering, limits.bodyTimeoutMs)
}

function declaredLength(request: Request): number | undefined {
  const header = request.headers.get('content-length')
  return header !== null && /^\d{1,15}$/.test(header) ? Number(header) : undefined
}

/** Chunks on their way to becoming a body. */
class GatheredBody {
  readonly #share: BudgetShare
  readonly #maxBytes: number
  readonly #chunks: Uint8Array[] = []
  #heldBytes: number
  #bytes = 0

  constructor(share: BudgetShare, heldBytes: number, maxBytes: number) {
    this.#share = share
    this.#heldBytes = heldBytes
    this.#maxBytes = maxBytes
  }

  /** @returns why no more is taken, or `undefined`. */
  add(chunk: Uint8Array): 'too-large' | 'no-room' | undefined {
    this.#bytes += chunk.length
    if (this.#bytes > this.#maxBytes) return 'too-large'
    const missing = this.#bytes - this.#heldBytes
    if (missing > 0) {
      if (!this.#share.hold(missing)) return 'no-room'
      this.#heldBytes += missing
    }
    this.#chunks.push(chunk)
    return undefined
  }

  join(): Uint8Array<ArrayBuffer> {
    const body = new Uint8Array(this.#bytes)
    let offset = 0
    for (const chunk of this.#chunks) {
      body.set(chunk, offset)
      offset += chunk.length
    }
    return body
  }
}

function readNodeBody(incoming: IncomingMessage, gathering: GatheredBody, timeoutMs: number): Promise<BodyRead> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish({ status: 'too-slow' }), timeoutMs)
    const onData = (chunk: Buffer) => {
      const refused = gathering.add(chunk)
      if (refused !== undefined) finish({ status: refused })
    }
    const onEnd = () => finish({ status: 'read', body: gathering.join() })
    const onClose = () => finish({ status: 'aborted' })
    function finish(result: BodyRead): void {
      clearTimeout(timer)
      incoming.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose)
      resolve(result)
    }
    incoming.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose)
  })
}

async function readWebBody(request: Request, gathering: GatheredBody): Promise<BodyRead> {
  const reader = request.body?.getReader()
  for (;;) {
    const next = await reader?.read()
    if (next === undefined || next.done) return { status: 'read', body: gathering.join() }
    const refused = gathering.add(next.value)
    if (refused !== undefined) {
      await reader?.cancel()
      return { status: refused }
    }
  }
}
