import { exportRequest, smallTrace, type SmallSpan } from './small-trace.ts'

/** Every span that got a 200, by trace. */
export type Acknowledged = Map<string, Set<string>>

export interface Load {
  readonly firstAcknowledged: Promise<void>
  /** Ends the load; resolves when the last request has. */
  stop(): Promise<void>
}

/**
 * Sends traces from several senders at once, span by span and in batches, mixed and repeated, and remembers what was
 * acknowledged. A request that fails because the server is gone is as good as never sent.
 */
export function startLoad(url: string, run: number, senders: number, acknowledged: Acknowledged): Load {
  const stopped = new AbortController()
  const first = Promise.withResolvers<void>()
  const nowMs = Date.now()
  let next = 0
  const running = Array.from({ length: senders }, async (_, sender) => {
    while (!stopped.signal.aborted) {
      const traces = Array.from({ length: 1 + (sender % 4) }, () => smallTrace(run, next++, nowMs))
      for (const batch of batchesOf(
        traces.flatMap((trace) => trace.spans.map((one) => ({ traceId: trace.traceId, one }))),
        sender,
      )) {
        if (stopped.signal.aborted) return
        const isStored = await post(
          url,
          batch.map(({ one }) => one),
        )
        if (!isStored) continue
        for (const { traceId, one } of batch) remember(acknowledged, traceId, one.spanId)
        first.resolve()
      }
    }
  })
  return {
    firstAcknowledged: first.promise,
    stop: async () => {
      stopped.abort()
      await Promise.all(running)
    },
  }
}

/** Even senders send everything at once and then half of it again; odd ones a few spans at a time. */
function batchesOf<Item>(items: readonly Item[], sender: number): Item[][] {
  if (sender % 2 === 0) return [[...items], items.slice(items.length / 2)]
  const batches: Item[][] = []
  for (let index = 0; index < items.length; index += 3) batches.push(items.slice(index, index + 3))
  return batches
}

async function post(url: string, spans: readonly SmallSpan[]): Promise<boolean> {
  try {
    const body = exportRequest(spans)
    const answer = await fetch(`${url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    await answer.text()
    return answer.status === 200
  } catch {
    return false
  }
}

function remember(acknowledged: Acknowledged, traceId: string, spanId: string): void {
  const spans = acknowledged.get(traceId) ?? new Set()
  acknowledged.set(traceId, spans.add(spanId))
}
