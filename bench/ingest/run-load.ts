import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { LoadPlan, LoadResult } from './send-load.ts'

const program = fileURLToPath(new URL('./send-load.ts', import.meta.url))

/** A load that is encoded and waits to be sent, in a process of its own. */
export interface PreparedLoad {
  send(): Promise<LoadResult>
}

export async function prepareLoadProcess(plan: LoadPlan): Promise<PreparedLoad> {
  const child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' })
  child.send(plan)
  await once(child, 'message')
  return {
    send: async () => {
      const answer = once(child, 'message')
      const failed = once(child, 'exit').then(([code]) => {
        throw new Error(`the load process ended with ${String(code)}`)
      })
      failed.catch(() => undefined)
      child.send('send')
      const [result] = (await Promise.race([answer, failed])) as [LoadResult]
      return result
    },
  }
}
