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

/** Of a request that was not taken. */
export type Refusal = Exclude<TakenBody['outcome'], { status: 'taken' }>

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
    countRefusal(parts.counters, read)
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

function count(counters: IngestCounters, signal: IngestRequest['signal'], outcome: IngestOutcome): void {
  if (outcome.status !== 'taken') {
    countRefusal(counters, outcome)
    return
  }
  counters.settle(outcome.storedSpans, outcome.duplicateSpans)
  counters.addLogRecords(outcome.storedLogRecords)
  counters.addMetrics(outcome.metrics)
  counters.cutTexts(outcome.cutTexts)
  for (const { of, reason, count: lost } of outcome.drops) counters.drop(of, reason, lost)
  for (const { reason, count: records } of outcome.rejections) counters.reject(recordsOf[signal], reason, records)
}

const recordsOf = { traces: 'spans', plain: 'spans', logs: 'log_records', metrics: 'data_points' } as const

function countRefusal(counters: IngestCounters, refusal: Refusal): void {
  counters.refuse(refusalReason(refusal))
}

/** Under what a request that was not taken is counted, and listed. */
export function refusalReason(refusal: Refusal): string {
  if ('reason' in refusal) return refusal.reason
  switch (refusal.status) {
    case 'too-large':
      return 'body_too_large'
    case 'no-room':
      return 'queue_full'
    case 'too-slow':
      return 'body_too_slow'
    case 'aborted':
      return 'aborted_by_client'
    case 'unavailable':
      return 'store_unavailable'
    case 'failed':
      return 'internal_error'
  }
}
