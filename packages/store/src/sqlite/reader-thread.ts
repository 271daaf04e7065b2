import { Worker } from 'node:worker_threads'
import { ThreadClient, type ArgumentsOf, type ResultOf } from '../thread/index.ts'
import type { ReaderCalls } from './reader/reader-calls.ts'
import type { ReaderThread } from './reader/reader-worker.ts'

interface Running {
  readonly worker: Worker
  readonly client: ThreadClient<ReaderThread>
  readonly ready: Promise<void>
}

/** A thread that reads, started when it is first needed, and again after it has died. */
export class ReaderHandle {
  readonly #folder: string
  #running: Running | undefined
  #isClosed = false

  constructor(folder: string) {
    this.#folder = folder
  }

  /** @throws TraceLLMError what opening the store for reading throws. */
  async start(): Promise<void> {
    await this.#start().ready
  }

  /** @throws TraceLLMError what the call throws; `TL_STORE_UNAVAILABLE` when the thread dies over it. */
  async call<Name extends keyof ReaderCalls>(
    name: Name,
    ...args: ArgumentsOf<ReaderThread[Name]>
  ): Promise<ResultOf<ReaderThread[Name]>> {
    const { client, ready } = this.#start()
    await ready
    return client.call(name, args)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#running === undefined) return
    const { worker, client } = this.#running
    if (client.gone === undefined) await client.call('close', []).catch(() => {})
    client.close()
    await worker.terminate()
  }

  #start(): Running {
    if (this.#running !== undefined && (this.#running.client.gone === undefined || this.#isClosed)) return this.#running
    const worker = new Worker(new URL('./reader/reader-worker.ts', import.meta.url), { name: 'tracellm reader' })
    const client = new ThreadClient<ReaderThread>(worker)
    const ready = client.call('open', [this.#folder])
    ready.catch(() => {})
    this.#running = { worker, client, ready }
    return this.#running
  }
}
