import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { TraceLLMError } from '@tracellm/core'
import { getRequestListener, RequestError } from '@hono/node-server'
import type { Hono } from 'hono'
import type { IngestCounters } from './counters.ts'
import type { RecentRequests } from './ingest/recent-requests.ts'
import type { Limits } from './limits.ts'
import { listenError } from './listen-error.ts'
import type { LiveSockets } from './live/socket.ts'
import { knownError, problemResponse } from './present/problem-response.ts'

export interface ListenParts {
  readonly app: Hono
  /** Absent where no socket is let in. */
  readonly live?: LiveSockets
  readonly counters: IngestCounters
  readonly recent: RecentRequests
  readonly limits: Limits
  /** Microseconds since the epoch. */
  readonly clock: () => number
}

/** One port, on one or more addresses. */
export interface Listening {
  readonly port: number
  readonly addresses: readonly string[]
  /** Takes no more connections, lets requests in flight finish, and cuts those that take longer than `graceMs`. */
  close(graceMs: number): Promise<void>
}

/** Both of them are this machine, and clients that say `localhost` mean either. */
const loopback = ['127.0.0.1', '::1']

/**
 * Listens on a port of a host. `localhost` is both loopback addresses; that IPv6 is missing is no error then.
 * Port 0 takes a free one, the same on all addresses.
 * @throws TraceLLMError `TL_PORT_TAKEN`, `TL_PORT_FORBIDDEN`, `TL_BAD_SETTING` for a host that is none of this machine's.
 */
export async function listen(parts: ListenParts, host: string, port: number): Promise<Listening> {
  const [first, ...others] = isLoopback(host) ? loopback : [host]
  const main = await listenOn(parts, first!, port)
  const taken = (main.address() as AddressInfo).port
  const servers = [main]
  for (const address of others) {
    const server = await listenOn(parts, address, taken).catch((error: unknown) => optionalAddress(error, main))
    if (server !== undefined) servers.push(server)
  }
  return {
    port: taken,
    addresses: servers.map((server) => (server.address() as AddressInfo).address),
    close: async (graceMs) => void (await Promise.all(servers.map((server) => closeServer(server, graceMs)))),
  }
}

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || loopback.includes(host)
}

/** A machine without IPv6 has no `::1`; a port that another program holds there would answer in our place. */
async function optionalAddress(error: unknown, main: Server): Promise<undefined> {
  if (error instanceof TraceLLMError && error.code === 'TL_BAD_SETTING') return undefined
  main.close()
  throw error
}

function listenOn(parts: ListenParts, address: string, port: number): Promise<Server> {
  const answer = getRequestListener(parts.app.fetch, {
    overrideGlobalObjects: false,
    // In place of an absent `Host`, so that the application hears of the request and can say what is wrong with it.
    hostname: 'localhost',
    errorHandler: (fault) =>
      problemResponse(fault instanceof RequestError ? unreadableTarget(fault) : knownError(fault)),
  })
  const server = createServer(
    {
      requestTimeout: 0,
      headersTimeout: 20_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 32 * 1024,
      requireHostHeader: false,
    },
    (incoming, outgoing) => void answer(incoming, outgoing),
  )
  server.maxConnections = parts.limits.maxConnections
  server.on('drop', () => parts.counters.refuseConnection())
  const { live } = parts
  if (live !== undefined) {
    server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      void live.upgrade(request, socket, head)
    })
  }
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => answerClientError(parts, error, socket))
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, address, port)))
    server.listen({ host: address, port, ipv6Only: address === '::1' }, () => resolve(server))
  })
}

function unreadableTarget(cause: RequestError): TraceLLMError {
  return new TraceLLMError('TL_BAD_REQUEST', 'the path or the host of the request cannot be read', { cause })
}

async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // A connection whose request has been answered would be kept for the next one.
  const sweep = setInterval(() => server.closeIdleConnections(), 100)
  const cut = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
}

const http2Preface = 'PRI * HTTP/2.0'
const http2Advice =
  'HTTP/2 and gRPC are not spoken here: set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf, on port 4318 or the main one.'

/** What is not HTTP/1.1 at all. A client set to gRPC is the usual case, and would otherwise never learn why. */
function answerClientError(
  { counters, recent, clock }: ListenParts,
  error: NodeJS.ErrnoException,
  socket: Socket,
): void {
  const sent =
    'rawPacket' in error && error.rawPacket instanceof Uint8Array ? Buffer.from(error.rawPacket) : Buffer.alloc(0)
  const isHttp2 = sent.subarray(0, http2Preface.length).toString('latin1') === http2Preface
  if (isHttp2) {
    counters.refuse(http2Request.reason)
    recent.add({ ...http2Request, atUs: clock() })
  }
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
  const text = isHttp2 ? http2Advice : 'This is not a request of HTTP/1.1.'
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  )
}

const http2Request = {
  projectId: undefined,
  method: 'PRI',
  path: '*',
  client: undefined,
  encoding: 'HTTP/2',
  bytes: 0,
  status: 400,
  spans: 0,
  reason: 'not_http_1',
  rejections: [],
  advice: http2Advice,
}
