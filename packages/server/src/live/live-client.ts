import { frameText } from './frame.ts'
import type { LiveHub } from './live-hub.ts'
import type { Subscription } from './subscription.ts'

/** The sending side of one socket. */
export interface LiveSocket {
  /** Text that has not left this process yet, in bytes. */
  bufferedBytes(): number
  send(message: Buffer): void
}

/** One socket's place in the sequence. */
export class LiveClient {
  readonly #hub: LiveHub
  readonly #socket: LiveSocket
  subscription: Subscription
  /** The newest number it has been sent, or told of as a gap. */
  seen: number
  #paused = false

  constructor(hub: LiveHub, socket: LiveSocket, subscription: Subscription, seen: number) {
    this.#hub = hub
    this.#socket = socket
    this.subscription = subscription
    this.seen = seen
  }

  get isPaused(): boolean {
    return this.#paused
  }

  pause(): void {
    this.#paused = true
    this.#hub.hold(this)
  }

  resume(): void {
    this.#paused = false
    this.#hub.catchUp(this)
  }

  isFull(): boolean {
    return this.#socket.bufferedBytes() > this.#hub.limits.maxBufferedBytes
  }

  isDrained(): boolean {
    return this.#socket.bufferedBytes() < this.#hub.limits.resumeBufferedBytes
  }

  send(message: Buffer): void {
    this.#socket.send(message)
  }

  sendTexts(texts: readonly string[]): void {
    this.send(Buffer.from(frameText(texts)))
  }
}
