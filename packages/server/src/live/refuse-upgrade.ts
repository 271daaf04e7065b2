import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { TraceLLMError } from '@tracellm/core'
import { WebSocketServer, type WebSocket } from 'ws'
import { problemOf } from '../present/problem-response.ts'
import { socketVersion } from './admit-guest.ts'

/** What Node's server hands over with an `upgrade`. */
export interface Upgrade {
  readonly request: IncomingMessage
  readonly socket: Duplex
  readonly head: Buffer
}

/** Answers an upgrade as HTTP does, and ends it. */
export function refuseUpgrade({ socket }: Upgrade, error: TraceLLMError): void {
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

/** Whether a page asks: browsers name its origin with every socket. */
export function comesFromPage({ request }: Upgrade): boolean {
  return request.headers.origin !== undefined
}

/**
 * Opens the socket of a page and closes it with the reason, under 4000 and the status that HTTP has for it: 4401 for a
 * key that is not good. Browsers keep the HTTP answer to an upgrade from the page.
 */
export function refuseSocket({ request, socket, head }: Upgrade, error: TraceLLMError): void {
  refused.handleUpgrade(request, socket, head, (webSocket) => {
    webSocket.on('error', () => webSocket.terminate())
    webSocket.close(4000 + error.status, closeReason(error.message))
    setTimeout(() => webSocket.terminate(), 1000).unref()
  })
}

/** Closes a socket for what its peer did, or may do no more. */
export function closeFor(socket: WebSocket, reason: string): void {
  socket.close(1008, closeReason(reason))
}

/** Of what a socket is asked for, the name of what is spoken on it. */
export function chooseProtocol(offered: ReadonlySet<string>): string | false {
  return offered.has('tracellm') && 'tracellm'
}

/** Keeps nothing of the sockets it opens: they take no place from others. */
const refused = new WebSocketServer({
  noServer: true,
  clientTracking: false,
  maxPayload: 1024,
  perMessageDeflate: false,
  handleProtocols: chooseProtocol,
})

/** Close reasons are at most 123 bytes. */
function closeReason(text: string): string {
  const cut = Buffer.from(text).subarray(0, 120).toString()
  return cut.replace(/\uFFFD+$/, '')
}
