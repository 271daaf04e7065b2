import type { StoreChange, StoreChanges, TraceStore } from '@tracellm/store'
import type { IngestCounters } from '../counters.ts'
import { Audiences, type Audience } from './audiences.ts'
import { EventRing, type RingLimits } from './event-ring.ts'
import { frameText, makeFrame } from './frame.ts'
import { KeyHolders } from './key-holders.ts'
import { LiveClient, type LiveSocket } from './live-client.ts'
import { eventText, liveEvents, type LiveEvent } from './live-event.ts'
import { StoreListener } from './store-listener.ts'
import { hears, type Subscription } from './subscription.ts'

export interface LiveLimits extends RingLimits {
  /** Events in one frame before only the newest state of each trace is sent (200). */
  readonly maxFrameEvents: number
  /** The least time between two frames (50 ms). */
  readonly frameIntervalMs: number
  /** Unsent bytes of one socket above which it is sent nothing more (1 MiB). */
  readonly maxBufferedBytes: number
  /** Unsent bytes below which it is sent to again (64 KiB). */
  readonly resumeBufferedBytes: number
  /** How long changes are still kept after the last client left, for those that come back (5 min). */
  readonly lingerMs: number
}

export interface LiveHubParts {
  readonly store: Pick<TraceStore, 'onChanges' | 'readStats'>
  readonly limits: LiveLimits
  /** Microseconds since the epoch. */
  readonly clock: () => number
  readonly formatTime: (us: number) => string
  /** The `data` of a change's event, as the wire says it. */
  readonly present: (change: StoreChange) => unknown
  readonly version: string
  readonly counters: Pick<IngestCounters, 'forgetLiveEvents'>
}

/**
 * Brings the store's changes to the sockets.
 *
 * ```
 * store ─► ring ─► audience (one for each different subscription) ─► frame, encoded once ─► clients that follow
 *            └──────────────────────────────────────────────────────────────────────────► clients that fell behind
 * ```
 * A client *follows* while it takes what it is sent. One that is paused, slow or just came back is *behind*: it has a
 * place in the sequence of its own, and catches up from the ring, or is told how many changes it missed.
 * No client waits for another, and nothing is made for a client that does not read.
 */
export class LiveHub {
  /** Who of the clients is here with a key. */
  readonly keyHolders = new KeyHolders()
  readonly #parts: LiveHubParts
  readonly #ring: EventRing
  readonly #listener: StoreListener
  readonly #audiences = new Audiences()
  readonly #clients = new Set<LiveClient>()
  /** Clients that read too slowly, until they have drained. */
  readonly #behind = new Set<LiveClient>()
  #frameTimer: NodeJS.Timeout | undefined
  #lastFrameMs = -Infinity

  private constructor(parts: LiveHubParts, sequence: number) {
    this.#parts = parts
    this.#ring = new EventRing(sequence, parts.limits)
    this.#listener = new StoreListener({
      store: parts.store,
      lingerMs: parts.limits.lingerMs,
      take: (changes) => this.#take(changes),
      begin: (stored) => {
        if (stored > this.#ring.newest) this.#ring.restart(stored)
      },
    })
  }

  static async open(parts: LiveHubParts): Promise<LiveHub> {
    return new LiveHub(parts, (await parts.store.readStats({})).sequence)
  }

  get clients(): number {
    return this.#clients.size
  }

  /** The newest number the hub knows: that of the store while somebody listens. */
  get sequence(): number {
    return this.#ring.newest
  }

  get limits(): LiveLimits {
    return this.#parts.limits
  }

  /**
   * Lets a client in. It gets `system.connected`, then what came after `after` where that is still held, else a gap.
   * `after` beyond the newest is treated as unknown: the client starts from now.
   */
  async connect(socket: LiveSocket, subscription: Subscription, after: number | undefined): Promise<LiveClient> {
    await this.#listener.listen()
    const newest = this.#ring.newest
    const known = after !== undefined && after <= newest
    const resumed = known && this.#ring.reaches(after)
    const seen = known ? after : newest
    const client = new LiveClient(this, socket, subscription, seen)
    this.#clients.add(client)
    const data = { version: this.#parts.version, sequence: newest, resumed }
    client.sendTexts([eventText('system.connected', seen, this.#now(), data)])
    this.catchUp(client)
    return client
  }

  /** Sends a client nothing more; one that is gone already is gone. */
  disconnect(client: LiveClient): void {
    this.hold(client)
    if (this.#clients.delete(client) && this.#clients.size === 0) this.#listener.linger()
  }

  /** Changes what a client hears of, from now on. */
  resubscribe(client: LiveClient, subscription: Subscription): void {
    this.flush()
    this.hold(client)
    client.subscription = subscription
    this.catchUp(client)
  }

  /** Stops sending to a client; it keeps its place. */
  hold(client: LiveClient): void {
    this.#behind.delete(client)
    this.#audiences.leave(client)
  }

  /** Sends a client what it missed, or says how much that was, and lets it follow. */
  catchUp(client: LiveClient): void {
    if (client.isPaused) return
    if (client.isFull()) {
      this.#behind.add(client)
      this.#schedule()
      return
    }
    // What waits for the others goes out first, so that the client joins them at the same place.
    const others = this.#audiences.find(client.subscription)
    if (others !== undefined) this.#flushAudience(others)
    const texts = this.#missedTexts(client)
    client.seen = this.#ring.newest
    if (texts.length > 0) client.sendTexts(texts)
    this.#behind.delete(client)
    this.#audiences.join(client)
  }

  /** Sends what waits now. */
  flush(): void {
    clearTimeout(this.#frameTimer)
    this.#frameTimer = undefined
    this.#lastFrameMs = performance.now()
    for (const audience of this.#audiences.all()) this.#flushAudience(audience)
    for (const client of this.#behind) if (client.isDrained()) this.catchUp(client)
    if (this.#behind.size > 0) this.#schedule()
  }

  /** Tells every client that the server stops. */
  close(): void {
    this.flush()
    clearTimeout(this.#frameTimer)
    this.#listener.close()
  }

  #take(changes: StoreChanges): void {
    const events = liveEvents(changes, this.#parts.formatTime, this.#parts.present)
    this.#parts.counters.forgetLiveEvents(this.#ring.push(events, changes.sequence))
    this.#audiences.take(events)
    this.#schedule()
  }

  /** At once when the last frame is old enough, else when it will be. */
  #schedule(): void {
    if (this.#frameTimer !== undefined || this.#clients.size === 0) return
    const waitMs = this.#lastFrameMs + this.#parts.limits.frameIntervalMs - performance.now()
    if (waitMs <= 0) this.flush()
    else this.#frameTimer = setTimeout(() => this.flush(), waitMs)
  }

  #flushAudience(audience: Audience): void {
    const { waiting } = audience
    if (waiting.length === 0) return
    audience.waiting = []
    const newest = this.#ring.newest
    const message = Buffer.from(frameText(this.#frameTexts(waiting, newest)))
    for (const client of audience.following) {
      if (client.isFull()) {
        audience.following.delete(client)
        this.#behind.add(client)
        continue
      }
      client.seen = newest
      client.send(message)
    }
    this.#audiences.forgetEmpty(audience)
  }

  #frameTexts(events: readonly LiveEvent[], newest: number): string[] {
    const frame = makeFrame(events, this.#parts.limits.maxFrameEvents)
    const texts = frame.events.map((event) => event.text)
    if (frame.leftOut > 0) texts.push(this.#gapText(newest, frame.leftOut))
    return texts
  }

  #missedTexts(client: LiveClient): string[] {
    const newest = this.#ring.newest
    if (client.seen >= newest) return []
    if (!this.#ring.reaches(client.seen)) return [this.#gapText(newest, newest - client.seen)]
    const missed = this.#ring.after(client.seen).filter((event) => hears(client.subscription, event.change))
    return missed.length === 0 ? [] : this.#frameTexts(missed, newest)
  }

  #gapText(sequence: number, leftOut: number): string {
    return eventText('system.gap', sequence, this.#now(), { left_out: leftOut })
  }

  #now(): string {
    return this.#parts.formatTime(this.#parts.clock())
  }
}
