import { TraceLLMError, type ProjectId } from '@tracellm/core'
import { keyScopes, type ApiKey, type TraceStore } from '@tracellm/store'
import { hashKey } from './hash-key.ts'
import type { Identity } from './identity.ts'
import { keyStart, readToken } from './read-token.ts'

export interface IdentifyParts {
  readonly store: Pick<TraceStore, 'findApiKey' | 'touchApiKey'>
  readonly settings: { readonly keysRequired: boolean }
  /** Microseconds since the epoch. */
  readonly clock: () => number
}

/** A caller on loopback, who needs no key. */
const local: Identity = { scope: {}, scopes: new Set(keyScopes), keyed: false }

/** A caller without a key where one is needed: an empty id is no project's, so nothing is in this scope. */
const stranger: Identity = { scope: { projectId: '' as ProjectId }, scopes: new Set(), keyed: false }

/** Last use is kept to the minute. */
const touchIntervalUs = 60_000_000

/**
 * Who sends this request.
 * @throws TraceLLMError `TL_KEY_REQUIRED`, `TL_KEY_UNKNOWN`.
 */
export function identify(headers: Headers, parts: IdentifyParts): Promise<Identity> {
  return identifyToken(readToken(headers), parts)
}

/** Who sends this request, to a route that is open to strangers too. One of our keys must be good here as well. */
export async function identifyVisitor(headers: Headers, parts: IdentifyParts): Promise<Identity> {
  const token = readToken(headers)
  const isStranger = parts.settings.keysRequired && token?.startsWith(keyStart) !== true
  return isStranger ? stranger : identifyToken(token, parts)
}

/**
 * Who holds this token; for sockets, whose key comes as a subprotocol.
 *
 * Where keys are needed, any token must be a valid key. Where none is, another product's credentials mean nothing, but
 * one of our own keys is believed: it narrows the caller to its project, or is refused when it is good no more.
 */
export async function identifyToken(token: string | undefined, parts: IdentifyParts): Promise<Identity> {
  const isOurs = token?.startsWith(keyStart) === true
  if (!parts.settings.keysRequired && !isOurs) return local
  if (token === undefined) throw new TraceLLMError('TL_KEY_REQUIRED', 'the request has no key')
  const key = isOurs ? await parts.store.findApiKey(hashKey(token)) : undefined
  const nowUs = parts.clock()
  if (key === undefined || !isGood(key, nowUs)) {
    throw new TraceLLMError('TL_KEY_UNKNOWN', 'the key of the request is not one that is good here')
  }
  if (nowUs - (key.lastUsedUs ?? 0) >= touchIntervalUs) {
    // Nobody waits for this, and a store that cannot take it now will be asked again.
    parts.store.touchApiKey(key.keyId, nowUs).catch(() => undefined)
  }
  return identityOf(key)
}

function isGood(key: ApiKey, nowUs: number): boolean {
  return key.revokedUs === undefined && (key.expiresUs === undefined || nowUs < key.expiresUs)
}

function identityOf(key: ApiKey): Identity {
  return {
    scope: {
      ...(key.projectId === undefined ? {} : { projectId: key.projectId }),
      ...(key.environment === undefined ? {} : { environment: key.environment }),
    },
    scopes: new Set(key.scopes),
    keyed: true,
    key: { keyId: key.keyId, keyHash: key.keyHash, expiresUs: key.expiresUs },
  }
}
