import type { IncomingMessage } from 'node:http'
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
export const socketVersion = '13'

/**
 * Looks at whether an `upgrade` of Node's server asks for a socket of ours, and who makes it ask. What is refused here
 * is refused in the handshake: to a foreign page no socket is opened, whatever for.
 * @throws TraceLLMError what the request is to be answered with instead.
 */
export function checkUpgrade(request: IncomingMessage, settings: AccessSettings): void {
  const headers = webHeaders(request)
  checkTarget(request)
  checkHost(headers, settings)
  checkOrigin(headers, 'GET', settings)
  const { pathname } = urlOf(request)
  if (pathname !== '/ws') throw new TraceLLMError('TL_ROUTE_NOT_FOUND', `there is no socket at ${pathname}`)
  checkVersion(headers)
}

/**
 * Looks at an `upgrade` that has been checked as routes look at a request.
 * @throws TraceLLMError what is to be told instead.
 */
export async function admitGuest(request: IncomingMessage, parts: AdmissionParts): Promise<Guest> {
  const token = tokenOf(webHeaders(request))
  const identity = await identifyToken(token, parts)
  requireScope(identity, 'read')
  const query = readQuery(liveQuery, urlOf(request).href)
  if (query.q !== undefined) throw filterComesLater()
  const scope = await chooseScope(identity, query.project_id, parts.store)
  return { token, identity, subscription: { scope, spans: query.spans === true }, after: query.after }
}

/**
 * Call it right before the socket is opened: others come while a key or a project is looked up.
 * @throws TraceLLMError `TL_TOO_MANY_CLIENTS`.
 */
export function requirePlace(clients: number, { maxClients, counters }: AdmissionParts): void {
  if (clients < maxClients) return
  counters.refuseSocket('too_many_live_clients')
  throw new TraceLLMError('TL_TOO_MANY_CLIENTS', `there are ${maxClients} live clients already`)
}

function urlOf({ url }: IncomingMessage): URL {
  return new URL(url ?? '/', 'http://localhost')
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
