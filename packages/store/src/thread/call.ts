import type { MessagePort, Transferable, Worker } from 'node:worker_threads'
import { TraceLLMError } from '@tracellm/core'
import { decodeError, type Answer, type ArgumentsOf, type Call, type Event, type ResultOf } from './message.ts'
import { Outbox } from './outbox.ts'

/** Calls functions of another thread, over a port whose other end runs `serve`, or over a worker that does. */
export class ThreadClient<Calls, Events = object> {
  readonly #line: MessagePort | Worker
  readonly #outbox: Outbox
  readonly #pending = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  readonly #listeners = new Map<string, Set<(data: never) => void>>()
  /** Set once nobody answers any more; every call is then refused with it. */
  #gone: TraceLLMError | undefined
  #lastCall = 0

  constructor(line: MessagePort | Worker) {
    this.#line = line
    this.#outbox = new Outbox(line)
    line.on('message', (messages: readonly (Answer | Event)[]) => {
      for (const message of messages) this.#receive(message)
    })
    // An error may overtake answers that were sent before it; the exit that follows comes after them.
    let failure: Error | undefined
    line.on('error', (error: Error) => (failure = error))
    line.on('exit', () =>
      this.#end(failure ? `the thread failed: ${failure.message}` : 'the thread has ended', failure),
    )
    line.on('close', () => this.#end('the thread has closed its port'))
  }

  /**
   * Calls a function there. What is in `transfer` moves and can no longer be used here.
   * @throws TraceLLMError what the function threw; `TL_STORE_UNAVAILABLE` when the thread has died or dies meanwhile,
   * `TL_INTERNAL` for a failure without a code.
   */
  call<Name extends keyof Calls & string>(
    name: Name,
    args: ArgumentsOf<Calls[Name]>,
    transfer: readonly Transferable[] = [],
  ): Promise<ResultOf<Calls[Name]>> {
    return new Promise((resolve, reject) => {
      if (this.#gone !== undefined) throw this.#gone
      const call = ++this.#lastCall
      this.#pending.set(call, { resolve, reject })
      this.#outbox.send({ call, name, args } satisfies Call, transfer, (error) => {
        this.#pending.delete(call)
        reject(error)
      })
    })
  }

  /** Listens to what the thread tells by `emit`, until the returned function is called. */
  on<Name extends keyof Events & string>(name: Name, listener: (data: Events[Name]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners.add(listener))
    return () => void listeners.delete(listener)
  }

  /** Why nobody answers any more; `undefined` while somebody does. */
  get gone(): TraceLLMError | undefined {
    return this.#gone
  }

  /** Refuses what is pending and hangs up. A worker is left to whoever started it. */
  close(): void {
    this.#end('the thread is being closed')
    if ('close' in this.#line) this.#line.close()
  }

  #receive(message: Answer | Event): void {
    if ('event' in message) {
      for (const listener of this.#listeners.get(message.event) ?? []) listener(message.data as never)
      return
    }
    const caller = this.#pending.get(message.answer)
    this.#pending.delete(message.answer)
    if (message.error === undefined) caller?.resolve(message.value as never)
    else caller?.reject(decodeError(message.error))
  }

  #end(reason: string, cause?: unknown): void {
    this.#gone ??= new TraceLLMError('TL_STORE_UNAVAILABLE', reason, { cause })
    for (const { reject } of this.#pending.values()) reject(this.#gone)
    this.#pending.clear()
  }
}
