import { Worker } from 'node:worker_threads'
import { TraceLLMError } from '@tracellm/core'
import { ThreadClient, type ArgumentsOf, type ResultOf } from '../thread/index.ts'
import type { ReaderCalls } from './reader/reader-calls.ts'
import type { ReaderThread } from './reader/reader-worker.ts'

interface Running {
  readonly worker: Worker
  readonly client: ThreadClient<ReaderThread>
  readonly ready: Promise<void>
}

const readerWorker = new URL('./reader/reader-worker.ts', import.meta.url)

/** A thread that reads, started when it is first needed, and again after it has died. */
export class ReaderHandle {
  readonly #folder: string
  readonly #worker: URL
  #running: Running | undefined
  #isClosed = false

  constructor(folder: string, worker = readerWorker) {
    this.#folder = folder
    this.#worker = worker
  }

  /** @throws TraceLLMError what opening the store for reading throws. */
  async start(): Promise<void> {
    await this.#run().ready
  }

  /** @throws TraceLLMError what the call throws; `TL_STORE_UNAVAILABLE` when the thread dies over it. */
  async call<Name extends keyof ReaderCalls>(
    name: Name,
    ...args: ArgumentsOf<ReaderThread[Name]>
  ): Promise<ResultOf<ReaderThread[Name]>> {
    const { client, ready } = this.#run()
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

  #run(): Running {
    if (this.#isClosed) throw new TraceLLMError('TL_STORE_UNAVAILABLE', 'the store is closed')
    if (this.#running?.client.gone !== undefined) this.#running = undefined
    this.#running ??= startReader(this.#worker, this.#folder)
    return this.#running
  }
}

function startReader(url: URL, folder: string): Running {
  const worker = new Worker(url, { name: 'tracellm reader' })
  const client = new ThreadClient<ReaderThread>(worker)
  const ready = client.call('open', [folder])
  // One that cannot open the store ends, so that the next call tries again.
  ready.catch(() => worker.terminate())
  return { worker, client, ready }
}
