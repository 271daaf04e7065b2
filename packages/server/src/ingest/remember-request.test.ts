import { describe, expect, test } from 'vitest'
import { IngestCounters } from '../counters.ts'
import { defaultLimits } from '../limits.ts'
import { bodyHeaders } from './body-headers.ts'
import { ByteBudget } from './byte-budget.ts'
import type { Refusal } from './ingest.ts'
import { RecentRequests } from './recent-requests.ts'
import { rememberRequest } from './remember-request.ts'

const request = new Request('http://localhost/v1/traces', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
})

/** What is kept of a request whose body was read up to some outcome. */
function remembered(outcome: Refusal, status: number) {
  const recent = new RecentRequests()
  const parts = {
    take: () => Promise.reject(new Error('nothing is taken')),
    limits: defaultLimits,
    budget: new ByteBudget(1),
    counters: new IngestCounters(),
    recent,
    clock: () => 0,
  }
  const headers = bodyHeaders(request.headers)
  rememberRequest(parts, request, { headers, identity: undefined, taken: { outcome, bytes: 0 }, status })
  return recent.list({})[0]
}

describe('rememberRequest', () => {
  test.each([
    [{ status: 'too-slow' }, 408, 'body_too_slow', 'body-timeout-ms'],
    [{ status: 'aborted' }, 408, 'aborted_by_client', 'broke off'],
    [{ status: 'too-large' }, 413, 'body_too_large', 'max-body-bytes'],
    [{ status: 'no-room' }, 503, 'queue_full', 'max-queued-bytes'],
    [{ status: 'malformed', reason: 'no_ids', message: 'no span has ids' }, 400, 'no_ids', 'no span has ids'],
    [{ status: 'failed', message: 'out of luck' }, 500, 'internal_error', 'out of luck'],
  ] as const)('keeps of %j why it was refused', (outcome, status, reason, advice) => {
    expect(remembered(outcome, status)).toMatchObject({ status, reason, advice: expect.stringContaining(advice) })
  })
})
