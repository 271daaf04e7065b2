import { TraceLLMError } from '@tracellm/core'
import type { AccessSettings } from '../app-parts.ts'

export const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/**
 * Refuses names that are not the server's own, against DNS rebinding: a page of `evil.example` whose name suddenly
 * means 127.0.0.1 is of the same origin to the browser, but it still says `Host: evil.example`. The port says nothing:
 * no page chooses which one its browser names, and a port may be forwarded under another number.
 *
 * Only where no key is needed: where one is, such a page has none to send. Without a `Host` the request was made in
 * this process, since `checkTarget` asks for one.
 * @throws TraceLLMError `TL_HOST_FORBIDDEN`.
 */
export function checkHost(headers: Headers, settings: AccessSettings): void {
  const host = headers.get('host')?.toLowerCase()
  if (settings.keysRequired || host === undefined) return
  const name = host.replace(/:\d+$/, '')
  if (loopbackNames.includes(name)) return
  if (settings.allowedHosts.some((allowed) => [host, name].includes(allowed.toLowerCase()))) return
  throw new TraceLLMError('TL_HOST_FORBIDDEN', `${host} is no name of this server`)
}
