import type { IncomingMessage } from 'node:http'
import { TraceLLMError } from '@tracellm/core'

/**
 * Refuses a request of Node's server that does not say once, and only once, which host it is meant for. In the form
 * `GET http://name/traces` the path names the host too: where that is not the one of `Host`, it would be another that
 * counts than the one that `checkHost` and `checkOrigin` look at. Call it before them.
 *
 * Source: RFC 9112, sections 3.2 and 3.2.2.
 * @throws TraceLLMError `TL_BAD_REQUEST`.
 */
export function checkTarget({ url = '', headers: { host } }: Pick<IncomingMessage, 'url' | 'headers'>): void {
  if (host === undefined) throw new TraceLLMError('TL_BAD_REQUEST', 'the request has no Host header')
  if (url.startsWith('/')) return
  const named = URL.parse(url)?.host
  if (named === undefined || named === URL.parse(`http://${host}`)?.host) return
  throw new TraceLLMError('TL_BAD_REQUEST', `the request is to ${named}, but its Host header says ${host}`)
}
