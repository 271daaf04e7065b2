import type { LiveCommand, LiveEventJson, LiveFrameJson } from '@tracellm/core/wire'
import type { Wish } from './queries.ts'
import { queryText } from './send-request.ts'

/** What one wants to hear of. */
export interface LiveWishes {
  readonly project_id?: string | undefined
  readonly q?: string | undefined
  /** Span events too (false). */
  readonly spans?: boolean | undefined
}

export type LiveState =
  | { readonly status: 'connecting'; readonly attempt: number }
  /** `resumed`: nothing was missed since the last event seen. */
  | { readonly status: 'open'; readonly resumed: boolean }
  /**
   * The connection is gone; the next attempt comes after `delayMs`. `attempt` counts those that failed in a row.
   * `refusal`: the server is there and said why it lets this client in no more, or not at all.
   */
  | { readonly status: 'waiting'; readonly attempt: number; readonly delayMs: number; readonly refusal?: string }
  | { readonly status: 'closed' }

export interface LiveOptions {
  /** Where the server is: `http://127.0.0.1:8000`. */
  readonly baseUrl: string
  readonly wishes?: LiveWishes
  /** The last sequence number seen: what came after it is sent, or a gap announced (from now on). */
  readonly after?: number
  /** An API key, or where to look for one at every attempt (none). */
  readonly key?: string | (() => string | undefined) | undefined
  /** (the platform's) */
  readonly WebSocket?: typeof WebSocket
  /** One frame, in order. `system.gap` in it says that events are missing. */
  readonly onEvents: (events: readonly LiveEventJson[]) => void
  readonly onState?: (state: LiveState) => void
  /** The wait before the second attempt; it doubles with each one that fails (500 ms). */
  readonly firstDelayMs?: number
  /** (15 s) */
  readonly longestDelayMs?: number
}

/**
 * The live socket, kept open: a lost connection is opened again, after a wait that doubles, and goes on after the last
 * event seen. What the server no longer holds arrives as `system.gap`.
 */
export class LiveSubscription implements Disposable {
  readonly #options: LiveOptions
  #wishes: LiveWishes
  #after: number | undefined
  #socket: WebSocket | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #failedAttempts = 0
  #paused = false
  #closed = false

  constructor(options: LiveOptions) {
    this.#options = options
    this.#wishes = options.wishes ?? {}
    this.#after = options.after
    this.#connect()
  }

  /** The number of the last event seen; `undefined` before the first. */
  get sequence(): number | undefined {
    return this.#after
  }

  /** Hears of something else from now on. */
  subscribe(wishes: LiveWishes): void {
    this.#wishes = wishes
    this.#send(subscribeCommand(wishes))
  }

  /** Events stop; the server keeps this client's place. */
  pause(): void {
    this.#paused = true
    this.#send({ type: 'pause' })
  }

  /** What was missed comes, or a gap, and events go on. */
  resume(): void {
    this.#paused = false
    this.#send({ type: 'resume' })
  }

  /** Tries at once instead of after the wait. */
  retryNow(): void {
    if (this.#timer !== undefined) this.#connect()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#timer)
    this.#socket?.close()
    this.#options.onState?.({ status: 'closed' })
  }

  [Symbol.dispose](): void {
    this.close()
  }

  #connect(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#options.onState?.({ status: 'connecting', attempt: this.#failedAttempts + 1 })
    const Socket = this.#options.WebSocket ?? globalThis.WebSocket
    const socket = new Socket(this.#address(), this.#protocols())
    this.#socket = socket
    socket.addEventListener('open', () => this.#greet())
    socket.addEventListener('message', ({ data }) => this.#take(String(data)))
    // An error is always followed by a close.
    socket.addEventListener('close', (event) => this.#waitAndConnect(event))
  }

  #address(): string {
    const { project_id, q, spans } = this.#wishes
    const query = queryText({ project_id, q, spans, after: this.#after })
    return `${this.#options.baseUrl.replace(/^http/, 'ws')}/ws${query}`
  }

  /** A browser cannot send headers with a socket, so the key travels as a subprotocol. */
  #protocols(): string[] {
    const { key } = this.#options
    const text = typeof key === 'function' ? key() : key
    return text === undefined ? ['tracellm'] : ['tracellm', `key.${text}`]
  }

  #greet(): void {
    if (this.#paused) this.#send({ type: 'pause' })
  }

  #send(command: Wish<LiveCommand>): void {
    const { OPEN } = this.#options.WebSocket ?? globalThis.WebSocket
    if (this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify(command))
  }

  #take(text: string): void {
    if (this.#closed) return
    const events: LiveFrameJson = JSON.parse(text)
    for (const event of events) {
      this.#after = event.sequence
      if (event.type === 'system.connected') this.#opened(event.data.resumed)
    }
    this.#options.onEvents(events)
  }

  #opened(resumed: boolean): void {
    this.#failedAttempts = 0
    this.#options.onState?.({ status: 'open', resumed })
  }

  #waitAndConnect({ code, reason }: CloseEvent): void {
    if (this.#closed) return
    this.#failedAttempts += 1
    const { firstDelayMs = 500, longestDelayMs = 15_000 } = this.#options
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (this.#failedAttempts - 1))
    // Up to half of it less, so that the clients of a server that restarts do not all come back at once.
    const jitteredMs = delayMs * (1 - Math.random() / 2)
    const refusal = isRefusal(code) && reason !== '' ? { refusal: reason } : {}
    this.#options.onState?.({ status: 'waiting', attempt: this.#failedAttempts, delayMs: jitteredMs, ...refusal })
    this.#timer = setTimeout(() => this.#connect(), jitteredMs)
  }
}

/** 1008 ends a socket that was let in, 4000 and the status of HTTP one that was not. */
function isRefusal(code: number): boolean {
  return code === 1008 || code >= 4000
}

/** What is `undefined` is not in the JSON. */
function subscribeCommand({ project_id, q, spans }: LiveWishes): Wish<LiveCommand> {
  return { type: 'subscribe', project_id, q, spans }
}
