import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export type Installation = { readonly status: 'installed' } | { readonly status: 'no-network'; readonly reason: string }

/**
 * Installs what the lock file of a client's folder names, the first time and whenever that file has changed. Packages
 * in npm's cache are taken from there, so that a second checkout needs no network either.
 * @throws Error whatever stops npm other than a registry out of reach.
 */
export async function installClient(folder: string): Promise<Installation> {
  const mark = join(folder, 'node_modules/.installed-lock')
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex')
  if (readMark(mark) === lock) return { status: 'installed' }
  const { code, output } = await runNpm(folder)
  if (code === 0) {
    writeFileSync(mark, lock)
    return { status: 'installed' }
  }
  const reason = networkFault(output)
  if (reason === undefined) throw new Error(`npm ci failed in ${folder} (exit code ${code}):\n${output}`)
  return { status: 'no-network', reason }
}

/** `npm ci` deletes the folder that the mark is in before anything else. */
function readMark(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

async function runNpm(cwd: string): Promise<{ code: number | null; output: string }> {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  // Two quick tries: a machine without a network is to say so at once, not after npm's usual minute.
  const retries = ['--fetch-retries=2', '--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=2000']
  const npm = spawn('npm', ['ci', ...flags, ...retries], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr] = await Promise.all([text(npm.stdout), text(npm.stderr), once(npm, 'close')])
  return { code: npm.exitCode, output: stdout + stderr }
}

const networkCodes = [
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'ERR_SOCKET_TIMEOUT',
  'ETIMEDOUT',
]

/** What kept npm from its registry; `undefined` when it was something else. */
function networkFault(output: string): string | undefined {
  const [, code = ''] = /^npm (?:error|ERR!) code (\S+)$/m.exec(output) ?? []
  return networkCodes.includes(code) ? `npm cannot reach its registry (${code})` : undefined
}
