import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Asks for `/ws` as a browser does, over a socket that is read only when somebody reads it. */
export async function openSocket(url: string, path: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  await once(socket, 'readable')
  const status = String(socket.read()).split('\r\n', 1)[0]
  if (status !== 'HTTP/1.1 101 Switching Protocols') throw new Error(`${path} answered ${status}`)
  return socket
}

/** Sockets that are read and never write, and one that is not even read. */
export async function openIdleSockets(url: string, count: number, path: string): Promise<Disposable> {
  const sockets: Socket[] = [await openSocket(url, '/ws?spans=true')]
  while (sockets.length <= count) {
    const some = Array.from({ length: Math.min(50, count + 1 - sockets.length) }, () => openSocket(url, path))
    for (const socket of await Promise.all(some)) sockets.push(socket.resume())
  }
  return {
    [Symbol.dispose]() {
      for (const socket of sockets) socket.destroy()
    },
  }
}
