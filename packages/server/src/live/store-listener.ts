import type { StoreChanges, TraceStore } from '@tracellm/store'

/** What hears of a store, and how long it goes on to. */
export interface StoreListenerParts {
  readonly store: Pick<TraceStore, 'onChanges' | 'readStats'>
  /** How long it still listens after nobody is there any more, for those that come back. */
  readonly lingerMs: number
  readonly take: (changes: StoreChanges) => void
  /** The store's number when listening began: what was written while nobody listened is in it alone. */
  readonly begin: (sequence: number) => void
}

/** Listens to a store from the first call of `listen` until a while after `linger`: it makes changes for listeners only. */
export class StoreListener {
  readonly #parts: StoreListenerParts
  #stopListening: (() => void) | undefined
  #listening: Promise<void> | undefined
  #lingerTimer: NodeJS.Timeout | undefined

  constructor(parts: StoreListenerParts) {
    this.#parts = parts
  }

  /** Resolves once it listens. When that fails the next call tries again. */
  async listen(): Promise<void> {
    clearTimeout(this.#lingerTimer)
    this.#listening ??= this.#start().catch((error: unknown) => {
      this.#stop()
      throw error
    })
    await this.#listening
  }

  /** Stops in a while, unless it is to listen again before. */
  linger(): void {
    this.#lingerTimer = setTimeout(() => this.#stop(), this.#parts.lingerMs)
    this.#lingerTimer.unref()
  }

  /** Stops now. */
  close(): void {
    clearTimeout(this.#lingerTimer)
    this.#stop()
  }

  async #start(): Promise<void> {
    const { store, take, begin } = this.#parts
    this.#stopListening = store.onChanges(take)
    const { sequence } = await store.readStats({})
    begin(sequence)
  }

  #stop(): void {
    this.#stopListening?.()
    this.#stopListening = undefined
    this.#listening = undefined
  }
}
