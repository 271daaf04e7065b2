import type { TraceStore } from '../port/trace-store.ts'
import type { ArgumentsOf, ResultOf } from '../thread/index.ts'
import type { StoreFixture } from './store-fixture.ts'

/**
 * A store whose parts are all on the thread of a test: what they answer is the same, and ten are filled and looked at in
 * the time of one with threads.
 * @param isForgetful whether the writer forgets all that it remembers after each call (false)
 */
export function oneThreadStore(fixture: StoreFixture, isForgetful = false): TraceStore {
  const { readAnalytics, readStats, ...reader } = promised(fixture.reader)
  const forget = (): void => {
    if (isForgetful) fixture.forget()
  }
  return {
    ...reader,
    ...promised(fixture.calls, forget),
    ...promised(fixture.deletions, forget),
    async write(batch) {
      const receipt = await fixture.write(batch)
      forget()
      return receipt
    },
    readAnalytics: (scope, query) => readAnalytics(scope, query, fixture.nowUs),
    readStats: async (scope) => ({
      type: 'sqlite',
      detail: 'on one thread',
      sizeBytes: 0,
      ...(await readStats(scope)),
      faults: [],
    }),
    onChanges: (listener) => fixture.onChanges(listener),
    async [Symbol.asyncDispose]() {
      fixture[Symbol.dispose]()
    },
  }
}

type Promised<Calls> = {
  [Name in keyof Calls]: (...args: ArgumentsOf<Calls[Name]>) => Promise<ResultOf<Calls[Name]>>
}

/** Calls with copies of what they are given and what they answer, as over a port. */
function promised<Calls extends object>(calls: Calls, afterwards = () => {}): Promised<Calls> {
  const promise =
    (call: (...args: unknown[]) => unknown) =>
    async (...args: unknown[]) => {
      try {
        return structuredClone(await call(...structuredClone(args)))
      } finally {
        afterwards()
      }
    }
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, promise(call)])) as never
}
