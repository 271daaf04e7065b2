import { setTimeout as sleep } from 'node:timers/promises'

export type ProbeName = 'health' | 'list' | 'trace' | 'analytics'

/** Milliseconds of each answer. */
export type ProbeTimes = Readonly<Record<ProbeName, readonly number[]>>

export interface Probing {
  stop(): Promise<ProbeTimes>
}

/** Reads one thing after the other while a load runs, with a pause between, and times each. */
export function probeReads(url: string, pauseMs = 15): Probing {
  const times: Record<ProbeName, number[]> = { health: [], list: [], trace: [], analytics: [] }
  let traceId: string | undefined
  const stopped = new AbortController()
  const timed = async (name: ProbeName, path: string): Promise<unknown> => {
    const startMs = performance.now()
    const answer = await fetch(`${url}${path}`, { headers: { accept: 'application/json' } })
    const body = await answer.json()
    times[name].push(performance.now() - startMs)
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(body)}`)
    await sleep(pauseMs)
    return body
  }
  const running = (async () => {
    while (!stopped.signal.aborted) {
      await timed('health', '/')
      const list = (await timed('list', '/traces?limit=50')) as { items: { trace_id: string }[] }
      traceId = list.items.at(-1)?.trace_id ?? traceId
      if (traceId !== undefined) await timed('trace', `/traces/${traceId}?include=bodies`)
      await timed('analytics', '/analytics')
    }
  })()
  return {
    stop: async () => {
      stopped.abort()
      await running
      return times
    },
  }
}
