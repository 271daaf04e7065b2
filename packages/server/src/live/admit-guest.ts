import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { TraceLLMError } from '@tracellm/core'
import { liveQuery } from '@tracellm/core/wire'
import type { TraceStore } from '@tracellm/store'
import { checkHost } from '../access/check-host.ts'
import { checkOrigin } from '../access/check-origin.ts'
import { checkTarget } from '../access/check-target.ts'
import { chooseScope } from '../access/choose-scope.ts'
import { identifyToken } from '../access/identify.ts'
import type { Identity } from '../access/identity.ts'
import { readToken } from '../access/read-token.ts'
import { requireScope } from '../access/require-scope.ts'
import type { AccessSettings } from '../app-parts.ts'
import type { IngestCounters } from '../counters.ts'
import { problemOf } from '../present/problem-response.ts'
import { readQuery } from '../routes/read-query.ts'
import { filterComesLater } from './live-command.ts'
import type { Subscription } from './subscription.ts'

export interface AdmissionParts {
  readonly store: Pick<TraceStore, 'findApiKey' | 'touchApiKey' | 'listProjects'>
  readonly settings: AccessSettings
  readonly counters: IngestCounters
  readonly maxClients: number
  readonly clock: () => number
}

/** Who is let in, and what for. */
export interface Guest {
  readonly token: string | undefined
  readonly identity: Identity
  readonly subscription: Subscription
  readonly after: number | undefined
}

/** Source: RFC 6455, section 4.1; older ones are drafts of it. */
const socketVersion = '13'

/**
 * Looks at an `upgrade` of Node's server as routes look at a request.
 * @param clients those who are there; more may come while the key of this one is looked up
 * @throws TraceLLMError what the request is to be answered with instead; see `refuseUpgrade`.
 */
export async function admitGuest(
  request: IncomingMessage,
  clients: { readonly size: number },
  parts: AdmissionParts,
): Promise<Guest> {
  const headers = webHeaders(request)
  const { settings, maxClients, counters, store } = parts
  checkTarget(request)
  checkHost(headers, settings)
  checkOrigin(headers, 'GET', settings)
  const url = new URL(request.url ?? '/', 'http://localhost')
  if (url.pathname !== '/ws') throw new TraceLLMError('TL_ROUTE_NOT_FOUND', `there is no socket at ${url.pathname}`)
  checkVersion(headers)
  const token = tokenOf(headers)
  const identity = await identifyToken(token, parts)
  requireScope(identity, 'read')
  const query = readQuery(liveQuery, url.href)
  if (query.q !== undefined) throw filterComesLater()
  if (clients.size >= maxClients) {
    counters.count('too_many_live_clients', 1)
    throw new TraceLLMError('TL_TOO_MANY_CLIENTS', `there are ${maxClients} live clients already`)
  }
  const scope = await chooseScope(identity, query.project_id, store)
  return { token, identity, subscription: { scope, spans: query.spans === true }, after: query.after }
}

/** Answers an upgrade as HTTP does, and ends it. */
export function refuseUpgrade(socket: Duplex, error: TraceLLMError): void {
  const body = JSON.stringify(problemOf(error))
  const lines = [
    `HTTP/1.1 ${error.status} ${error.title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(error.status === 426 ? ['Upgrade: websocket', `Sec-WebSocket-Version: ${socketVersion}`] : []),
    'Connection: close',
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

function checkVersion(headers: Headers): void {
  const version = headers.get('sec-websocket-version')
  if (version === socketVersion) return
  const detail = `the socket speaks version ${socketVersion}, not ${version ?? 'none'}`
  throw new TraceLLMError('TL_UPGRADE_REQUIRED', detail)
}

/** Browsers cannot set headers on a socket: the key comes as a subprotocol, `key.tlm_sk_…`. */
function tokenOf(headers: Headers): string | undefined {
  const offered = (headers.get('sec-websocket-protocol') ?? '').split(',').map((protocol) => protocol.trim())
  return offered.find((protocol) => protocol.startsWith('key.'))?.slice('key.'.length) ?? readToken(headers)
}

function webHeaders(request: IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  return headers
}
