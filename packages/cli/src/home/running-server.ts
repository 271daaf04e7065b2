import type { HealthJson } from '@tracellm/core/wire'
import { readServerFile, type ServerFile } from './server-file.ts'

/** A server on loopback answers at once, or it hangs. */
const answerWithinMs = 2000

/**
 * The server that runs on this home and answers.
 *
 * A file that a crash left behind is told by its process, and by who answers at its address: after a restart another
 * program may have both its process id and its port.
 */
export async function findRunningServer(home: string): Promise<ServerFile | undefined> {
  const file = readServerFile(home)
  if (file === undefined || !isRunning(file.pid)) return undefined
  const health = await askHealth(file.url)
  if (health?.name !== 'tracellm' || health.version !== file.version) return undefined
  // Where it says which store it has, that must be the one of this home.
  const detail = health.storage?.detail ?? undefined
  return detail === undefined || detail.includes(file.home) ? file : undefined
}

/** Who answers at an address: its health, if it is one of ours. */
export async function askHealth(url: string): Promise<HealthJson | undefined> {
  try {
    const response = await fetch(`${url}/`, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(answerWithinMs),
    })
    return response.ok ? ((await response.json()) as HealthJson) : undefined
  } catch {
    return undefined
  }
}

/** This process never waits for itself: in a container each start has the same id. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
