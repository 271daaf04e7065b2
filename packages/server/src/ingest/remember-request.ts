import type { Identity } from '../access/identity.ts'
import type { BodyHeaders } from './body-headers.ts'
import type { IngestParts, TakenBody } from './ingest.ts'

interface About {
  readonly headers: BodyHeaders
  /** `undefined` for a caller that was not let in. */
  readonly identity: Identity | undefined
  /** `undefined` when the body was not read. */
  readonly taken: TakenBody | undefined
  readonly status: number
  /** (what the headers or the outcome say) */
  readonly advice?: string | undefined
}

/** Puts a request into the list that answers "why does my trace not appear?". */
export function rememberRequest(
  parts: IngestParts,
  request: Request,
  { headers, identity, taken, status, advice }: About,
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
    rejections: isTaken ? outcome.rejections : [],
    advice: advice ?? (headers.status === 'unknown' ? (headers.advice ?? headers.message) : adviceOf(outcome)),
  })
}

function adviceOf(outcome: TakenBody['outcome'] | undefined): string | undefined {
  if (outcome === undefined || !('message' in outcome) || outcome.message === '') return undefined
  return outcome.message.slice(0, 500)
}
