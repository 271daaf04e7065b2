import type { Identity } from '../access/identity.ts'
import type { BodyHeaders } from './body-headers.ts'
import { refusalReason, type IngestParts, type TakenBody } from './ingest.ts'
import { outcomeError } from './outcome-error.ts'

interface About {
  readonly headers: BodyHeaders
  /** `undefined` for a caller that was not let in. */
  readonly identity: Identity | undefined
  /** `undefined` when the body was not read. */
  readonly taken: TakenBody | undefined
  readonly status: number
  /** Why it was refused before its body was looked at: as it is counted, and in words. */
  readonly refusal?: { readonly reason: string; readonly advice: string }
}

/** Puts a request into the list that answers "why does my trace not appear?". */
export function rememberRequest(
  parts: IngestParts,
  request: Request,
  { headers, identity, taken, status, refusal }: About,
): void {
  const outcome = taken?.outcome
  const isTaken = outcome?.status === 'taken'
  parts.recent.add({
    projectId: identity?.scope.projectId,
    atUs: parts.clock(),
    method: request.method,
    path: new URL(request.url).pathname,
    client: request.headers.get('user-agent') ?? undefined,
    encoding:
      headers.status === 'known'
        ? `${headers.format} ${headers.encoding}`
        : (request.headers.get('content-type') ?? undefined),
    bytes: taken?.bytes ?? 0,
    status,
    spans: isTaken ? outcome.storedSpans + outcome.duplicateSpans : 0,
    reason: refusal?.reason ?? (outcome === undefined || isTaken ? undefined : refusalReason(outcome)),
    rejections: isTaken ? outcome.rejections : [],
    advice: (refusal?.advice ?? adviceOf(outcome))?.slice(0, 500),
  })
}

function adviceOf(outcome: TakenBody['outcome'] | undefined): string | undefined {
  if (outcome === undefined) return undefined
  if (outcome.status !== 'taken') return outcomeError(outcome).detail
  return outcome.message === '' ? undefined : outcome.message
}
