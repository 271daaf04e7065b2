import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { chooseScope } from '../access/choose-scope.ts'
import { identifyToken } from '../access/identify.ts'
import type { Identity } from '../access/identity.ts'
import { knownError } from '../present/problem-response.ts'
import { admitGuest, checkUpgrade, requirePlace, type AdmissionParts, type Guest } from './admit-guest.ts'
import type { KeyHolder } from './key-holders.ts'
import type { LiveClient } from './live-client.ts'
import { filterComesLater, parseCommand } from './live-command.ts'
import type { LiveHub } from './live-hub.ts'
import { chooseProtocol, closeFor, comesFromPage, refuseSocket, refuseUpgrade } from './refuse-upgrade.ts'

export interface LiveSocketsParts extends AdmissionParts {
  readonly hub: LiveHub
}

/** Messages from clients are a few words. */
const maxMessageBytes = 64 * 1024
/** A socket that does not answer one ping before the next is gone. */
const pingIntervalMs = 30_000
/** How long a key that has expired may be held on to. */
const expiryIntervalMs = 500
/** And one that another server on the store has revoked, which nobody tells of. */
const revocationIntervalMs = 5000
/** How long the store may take to look up the keys that are held. */
const lookUpTimeoutMs = 30_000

/** `WS /ws`: lets sockets in, speaks with them, and prunes the dead. */
export class LiveSockets {
  readonly #parts: LiveSocketsParts
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: chooseProtocol,
  })
  readonly #answered = new WeakSet<WebSocket>()
  readonly #pingTimer: NodeJS.Timeout
  readonly #expiryTimer: NodeJS.Timeout
  readonly #revocationTimer: NodeJS.Timeout
  #isLookingUpKeys = false

  constructor(parts: LiveSocketsParts) {
    this.#parts = parts
    this.#pingTimer = setInterval(() => this.#ping(), pingIntervalMs)
    this.#pingTimer.unref()
    this.#expiryTimer = setInterval(() => parts.hub.keyHolders.endExpired(parts.clock()), expiryIntervalMs)
    this.#expiryTimer.unref()
    this.#revocationTimer = setInterval(() => void this.#endRevoked(), revocationIntervalMs)
    this.#revocationTimer.unref()
  }

  /** Answers an `upgrade` of Node's server. Programs hear by HTTP what is wrong with it, pages by the socket. */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy())
    const upgrade = { request, socket, head }
    let refuse = refuseUpgrade
    try {
      checkUpgrade(request, this.#parts.settings)
      if (comesFromPage(upgrade)) refuse = refuseSocket
      const guest = await admitGuest(request, this.#parts)
      requirePlace(this.#server.clients.size, this.#parts)
      this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#attend(webSocket, guest))
    } catch (error) {
      refuse(upgrade, knownError(error))
    }
  }

  /** Tells every client that the server stops, and ends those that do not go. */
  close(): void {
    clearInterval(this.#pingTimer)
    clearInterval(this.#expiryTimer)
    clearInterval(this.#revocationTimer)
    for (const socket of this.#server.clients) {
      socket.close(1001, 'the server is stopping')
      setTimeout(() => socket.terminate(), 1000).unref()
    }
    this.#server.close()
  }

  #attend(socket: WebSocket, guest: Guest): void {
    const { hub } = this.#parts
    this.#answered.add(socket)
    socket.on('pong', () => this.#answered.add(socket))
    socket.on('error', () => socket.terminate())
    let client: LiveClient | undefined
    const leave = () => {
      hub.keyHolders.remove(holder)
      if (client !== undefined) hub.disconnect(client)
    }
    const holder: KeyHolder = {
      identity: guest.identity,
      end(reason) {
        // The peer may take its time to answer the close; it hears nothing meanwhile.
        leave()
        closeFor(socket, reason)
      },
    }
    hub.keyHolders.add(holder)
    socket.on('close', leave)
    const joined = this.#join(socket, guest)
      .then((found) => (client = found))
      .catch((error: unknown) => holder.end(knownError(error).message))
    socket.on('message', (data: Buffer) => {
      void joined.then(() => client && this.#obey(socket, client, guest.identity, data))
    })
  }

  /** Connects a socket with the hub. @returns `undefined` for one that was closed meanwhile. */
  async #join(socket: WebSocket, { token, identity, subscription, after }: Guest): Promise<LiveClient | undefined> {
    // Once more, now that the socket is among the holders: the key may have ended since it was asked for.
    if (identity.key !== undefined) await identifyToken(token, this.#parts)
    const client = await this.#parts.hub.connect(
      {
        bufferedBytes: () => socket.bufferedAmount,
        send: (text: Buffer) => socket.send(text, { binary: false }),
      },
      subscription,
      after,
    )
    if (socket.readyState === socket.OPEN) return client
    this.#parts.hub.disconnect(client)
    return undefined
  }

  async #obey(socket: WebSocket, client: LiveClient, identity: Identity, data: Buffer): Promise<void> {
    try {
      if (socket.readyState !== socket.OPEN) return
      const command = parseCommand(data)
      switch (command.type) {
        case 'pause':
          client.pause()
          return
        case 'resume':
          client.resume()
          return
        case 'subscribe': {
          if (command.q !== undefined) throw filterComesLater()
          const scope = await chooseScope(identity, command.project_id, this.#parts.store)
          if (socket.readyState === socket.OPEN)
            this.#parts.hub.resubscribe(client, { scope, spans: command.spans === true })
        }
      }
    } catch (error) {
      closeFor(socket, error instanceof Error ? error.message : '')
    }
  }

  /** A store that cannot tell now is asked again the next time; one that does not answer, after a while. */
  async #endRevoked(): Promise<void> {
    if (this.#isLookingUpKeys) return
    this.#isLookingUpKeys = true
    const { hub, store } = this.#parts
    const lookedUp = hub.keyHolders.endRevoked((keyHash) => store.findApiKey(keyHash))
    const { promise: givenUp, resolve: giveUp } = Promise.withResolvers<void>()
    const timer = setTimeout(giveUp, lookUpTimeoutMs).unref()
    await Promise.race([lookedUp, givenUp]).catch(() => undefined)
    clearTimeout(timer)
    this.#isLookingUpKeys = false
  }

  #ping(): void {
    for (const socket of this.#server.clients) {
      if (!this.#answered.has(socket)) {
        socket.terminate()
        continue
      }
      this.#answered.delete(socket)
      socket.ping()
    }
  }
}
