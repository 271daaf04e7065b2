import { Worker, type MessagePort } from 'node:worker_threads'
import type { StoreChanges } from '../port/change.ts'
import { ThreadClient, type ArgumentsOf, type ResultOf } from '../thread/index.ts'
import type { Durability } from './open-database.ts'
import type { WriterEvents, WriterThread } from './writer/writer-worker.ts'

/** What the writer does when it is asked to. */
export type WritingCalls = Omit<WriterThread, 'open' | 'connectSink' | 'finishDeletions' | 'listen' | 'close'>

const writerWorker = new URL('./writer/writer-worker.ts', import.meta.url)

/** The thread that writes. When it has died the store has to be opened anew: what it knew is in the file. */
export class WriterHandle {
  readonly #worker: Worker
  readonly #client: ThreadClient<WriterThread, WriterEvents>
  readonly #listeners = new Set<(changes: StoreChanges) => void>()
  /** What hinders the thread, which goes on. */
  #fault: string | undefined

  constructor(worker = writerWorker) {
    this.#worker = new Worker(worker, {
      name: 'tracellm writer',
      // What a batch brings lives for one turn. With room for some of them it is dropped without being moved first.
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    })
    this.#client = new ThreadClient(this.#worker)
    this.#client.on('changes', (changes) => {
      for (const listener of this.#listeners) listener(changes)
    })
    this.#client.on('fault', (fault) => (this.#fault = fault))
  }

  /** Takes the lock, brings the schema up to date, opens. @throws TraceLLMError as `openForWriting`. */
  async open(folder: string, durability: Durability, isTidied: boolean): Promise<void> {
    await this.#client.call('open', [folder, durability, isTidied])
    // Goes on beside all else. What hinders it hinders the next deletion too, and is told there.
    this.#client.call('finishDeletions', []).catch(() => {})
  }

  /** @throws TraceLLMError what the call throws; `TL_STORE_UNAVAILABLE` when the thread is gone. */
  call<Name extends keyof WritingCalls>(
    name: Name,
    ...args: ArgumentsOf<WriterThread[Name]>
  ): Promise<ResultOf<WriterThread[Name]>> {
    return this.#client.call(name, args)
  }

  /** What has ended the thread, else what hinders it now. */
  get fault(): string | undefined {
    return this.#client.gone?.detail ?? this.#fault
  }

  /** Lets another thread write, over the other end of a port. */
  connectSink(port: MessagePort): void {
    this.#client.call('connectSink', [port], [port]).catch(() => port.close())
  }

  listen(listener: (changes: StoreChanges) => void): () => void {
    const own = (changes: StoreChanges): void => listener(changes)
    this.#listeners.add(own)
    if (this.#listeners.size === 1) this.#tell(true)
    return () => {
      if (this.#listeners.delete(own) && this.#listeners.size === 0) this.#tell(false)
    }
  }

  /** Writes what waits, then ends. */
  async close(): Promise<void> {
    if (this.#client.gone === undefined) await this.#client.call('close', []).catch(() => {})
    this.#client.close()
    await this.#worker.terminate()
  }

  #tell(isHeard: boolean): void {
    // Before any write that is asked for later: calls are answered in order. A thread that is gone tells nobody.
    this.#client.call('listen', [isHeard]).catch(() => {})
  }
}
