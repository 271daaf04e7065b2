import { once } from 'node:events'
import { createServer } from 'node:net'

const mostTries = 50

/** The first port from this one on that nobody listens on now; 0, any free one, where none is near. */
export async function nextFreePort(from: number): Promise<number> {
  for (let port = from; port < from + mostTries && port <= 65_535; port += 1) if (await isFree(port)) return port
  return 0
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}
