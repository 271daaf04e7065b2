import type { IncomingMessage } from 'node:http'
import type { IngestCounters } from '../counters.ts'
import type { Limits } from '../limits.ts'
import type { ByteBudget } from './byte-budget.ts'
import type { IngestOutcome, IngestRequest } from './ingest-request.ts'
import { readBody, type BodyRead } from './read-body.ts'
import type { RecentRequests } from './recent-requests.ts'

/** Where request bodies go: the ingest worker, or the same queue in this thread. */
export type TakeRequest = (request: IngestRequest) => Promise<IngestOutcome>

export interface IngestParts {
  readonly take: TakeRequest
  readonly limits: Limits
  readonly budget: ByteBudget
  readonly counters: IngestCounters
  readonly recent: RecentRequests
  readonly clock: () => number
}

/** What became of a request body that may never have reached the queue. */
export type TakenBody = {
  readonly outcome: IngestOutcome | Exclude<BodyRead, { status: 'read' }>
  readonly bytes: number
}

/**
 * Reads a body within the limits and hands it to the queue; counts what became of it.
 * The bytes are held in the budget from the first one read until the answer.
 */
export async function takeBody(
  parts: IngestParts,
  request: Request,
  incoming: IncomingMessage | undefined,
  about: Omit<IngestRequest, 'body' | 'receivedUs'>,
): Promise<TakenBody> {
  using share = parts.budget.open()
  const read =
    share === undefined ? ({ status: 'no-room' } as const) : await readBody(request, incoming, share, parts.limits)
  if (read.status !== 'read') {
    parts.counters.refuse(limitReasons[read.status])
    return { outcome: read, bytes: 0 }
  }
  const bytes = read.body.length
  parts.counters.holdBytes(bytes)
  try {
    const outcome = await parts.take({ ...about, body: read.body, receivedUs: parts.clock() })
    count(parts.counters, about.signal, outcome)
    return { outcome, bytes }
  } finally {
    parts.counters.holdBytes(-bytes)
  }
}

const limitReasons = {
  'too-large': 'body_too_large',
  'no-room': 'queue_full',
  'too-slow': 'body_too_slow',
  aborted: 'aborted_by_client',
} as const

function count(counters: IngestCounters, signal: IngestRequest['signal'], outcome: IngestOutcome): void {
  const isSpans = signal === 'traces' || signal === 'plain'
  switch (outcome.status) {
    case 'taken':
      counters.settle(outcome.storedSpans, outcome.duplicateSpans)
      counters.addLogRecords(outcome.storedLogRecords)
      counters.addMetrics(outcome.metrics)
      for (const rejection of outcome.rejections) {
        if (isSpans) counters.reject(rejection.reason, rejection.count)
        else counters.count(rejection.reason, rejection.count)
      }
      return
    case 'malformed':
    case 'too-large':
      counters.refuse(outcome.reason)
      return
    case 'unavailable':
      counters.refuse('store_unavailable')
      return
    case 'failed':
      counters.refuse('internal_error')
  }
}
