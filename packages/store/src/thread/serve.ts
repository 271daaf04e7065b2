import type { MessagePort, Transferable } from 'node:worker_threads'
import { encodeError, type Answer, type ArgumentsOf, type Call, type Event, type ResultOf } from './message.ts'
import { Outbox } from './outbox.ts'

/** What answers each call. A handler may be asynchronous; calls then overlap, and are answered as they finish. */
export type Handlers<Calls> = {
  readonly [Name in keyof Calls]: (
    ...args: ArgumentsOf<Calls[Name]>
  ) => Reply<ResultOf<Calls[Name]>> | Promise<Reply<ResultOf<Calls[Name]>>>
}

type Reply<Result> = Result | Moved<Result>

/** An answer whose parts move to the caller instead of being copied. */
class Moved<Result> {
  readonly value: Result
  readonly transfer: readonly Transferable[]

  constructor(value: Result, transfer: readonly Transferable[]) {
    this.value = value
    this.transfer = transfer
  }
}

/** Answers `value`, and moves what is in `transfer` (it can no longer be used here). */
export function moving<Result>(value: Result, transfer: readonly Transferable[]): Moved<Result> {
  return new Moved(value, transfer)
}

/**
 * Answers the calls that come over a port (of a worker: `parentPort`), in the order they come.
 * @param explain gives the failure that a caller can act on for what a handler threw (what was thrown)
 * @returns `emit`, which tells the other end something without being asked.
 */
export function serve<Calls, Events = object>(
  port: MessagePort,
  handlers: Handlers<Calls>,
  explain: (error: unknown) => unknown = (error) => error,
): { emit: <Name extends keyof Events & string>(name: Name, data: Events[Name]) => void } {
  const outbox = new Outbox(port)
  const table = new Map<string, (...args: readonly unknown[]) => unknown>(Object.entries(handlers))

  async function answer({ call, name, args }: Call): Promise<void> {
    try {
      const handler = table.get(name)
      if (handler === undefined) throw new Error(`the thread has no function ${name}`)
      const reply = await handler(...args)
      const { value, transfer } = reply instanceof Moved ? reply : { value: reply, transfer: [] }
      outbox.send({ answer: call, value } satisfies Answer, transfer, (error) => refuse(call, error))
    } catch (error) {
      refuse(call, error)
    }
  }

  function refuse(call: number, error: unknown): void {
    outbox.send({ answer: call, error: encodeError(explain(error)) } satisfies Answer, [], ignore)
  }

  port.on('message', (calls: readonly Call[]) => {
    for (const call of calls) void answer(call)
  })
  return { emit: (event, data) => outbox.send({ event, data } satisfies Event, [], ignore) }
}

/** Of an event or an error, which are plain values. */
function ignore(): void {}
