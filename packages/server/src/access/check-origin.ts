import { TraceLLMError } from '@tracellm/core'
import type { AccessSettings } from '../app-parts.ts'
import { loopbackNames } from './check-host.ts'

/**
 * Refuses requests that a foreign web page made a browser send, whatever their method, so that such a page can neither
 * read nor write, nor open a socket. Call it after `checkHost`.
 *
 * Browsers name the page's origin with every request whose answer the page could read and with every one that is not
 * a plain GET. A plain GET of an image or a script comes without `Origin`; there `Sec-Fetch-Site` tells. Following a
 * link is no such request: the page that has it does not see what comes. Programs send neither.
 * @returns the origin to name in the CORS headers, where there is one.
 * @throws TraceLLMError `TL_ORIGIN_FORBIDDEN`.
 */
export function checkOrigin(headers: Headers, method: string, settings: AccessSettings): string | undefined {
  const origin = headers.get('origin')
  if (origin !== null) {
    if (!isOwn(origin, headers) && !isLocal(origin) && !isConfigured(origin, settings)) refuse(`a page of ${origin}`)
    return origin
  }
  if (headers.get('sec-fetch-site') === 'cross-site' && !isNavigation(headers, method)) refuse('a foreign page')
  return undefined
}

function refuse(who: string): never {
  throw new TraceLLMError('TL_ORIGIN_FORBIDDEN', `${who} may not call this server`)
}

/** The page came from this server: its host is the one that the request goes to. */
function isOwn(origin: string, headers: Headers): boolean {
  const host = headers.get('host')?.toLowerCase()
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
}

function isLocal(origin: string): boolean {
  const [, name] = /^https?:\/\/(.*?)(?::\d{1,5})?$/.exec(origin) ?? []
  return name !== undefined && loopbackNames.includes(name)
}

function isConfigured(origin: string, settings: AccessSettings): boolean {
  return settings.corsOrigins.some((allowed) => allowed.replace(/\/$/, '').toLowerCase() === origin)
}

function isNavigation(headers: Headers, method: string): boolean {
  return (method === 'GET' || method === 'HEAD') && headers.get('sec-fetch-mode') === 'navigate'
}
