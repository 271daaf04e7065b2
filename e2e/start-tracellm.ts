import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/** The command line of this checkout. */
export const tracellmProgram = join(import.meta.dirname, '../packages/cli/bin/tracellm.js')

const readyWithinMs = 30_000

/** Stripping types is most of what a command from source does; Node keeps the result here. */
const compileCache = join(import.meta.dirname, '../node_modules/.cache/tracellm-e2e')

/** The environment of every process, beside its home. */
const sparseEnv = { PATH: process.env['PATH'], LANG: 'C.UTF-8', TZ: 'UTC', NODE_COMPILE_CACHE: compileCache }

export interface RunOptions {
  /** The data folder (`TRACELLM_HOME`). */
  readonly home: string
  /** Variables beside the few that every process gets. */
  readonly env?: Readonly<Record<string, string>>
  /** The program to run instead of the one in this checkout, such as an installed one. */
  readonly program?: string
}

/** A folder of its own for one test; dispose of it to delete it. */
export class TemporaryHome implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'tracellm-e2e-'));

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Runs one command to its end. */
export async function runTracellm(
  args: readonly string[],
  options: RunOptions,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawnTracellm(args, options)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, stdout, stderr }
}

/** `tracellm`, started and left alone. It sees nothing of the environment of the tests. */
export function spawnTracellm(args: readonly string[], { home, env, program = tracellmProgram }: RunOptions) {
  return spawn(process.execPath, [program, ...args], {
    cwd: home,
    env: { ...sparseEnv, HOME: home, TRACELLM_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** A server that runs: where it listens, as it says in the `server.json` of its home. */
export class RunningTracellm implements AsyncDisposable {
  readonly home: string
  readonly pid: number
  /** Of the API: `http://127.0.0.1:40123`. */
  readonly url: string
  readonly dashboardUrl: string | undefined
  readonly otlpUrl: string | undefined
  readonly #child: ChildProcess
  readonly #output: { stdout: string; stderr: string }
  readonly #ownHome: TemporaryHome | undefined

  constructor(
    child: ChildProcess,
    output: { stdout: string; stderr: string },
    home: string,
    ownHome: TemporaryHome | undefined,
    file: ServerFile,
  ) {
    this.home = home
    this.pid = file.pid
    this.url = file.url
    this.dashboardUrl = file.dashboard_url ?? undefined
    this.otlpUrl = file.otlp_url ?? undefined
    this.#child = child
    this.#output = output
    this.#ownHome = ownHome
  }

  /** What it has printed so far. */
  get stdout(): string {
    return this.#output.stdout
  }

  get stderr(): string {
    return this.#output.stderr
  }

  /** Asks it to stop, and waits until it has. Resolves with its exit code, `null` when a signal ended it. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (isRunning(this.#child)) {
      const closed = once(this.#child, 'close')
      this.#child.kill(signal)
      await closed
    }
    return this.#child.exitCode
  }

  /** Ends it without warning, as a crash does. */
  async kill(): Promise<void> {
    await this.stop('SIGKILL')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
    this.#ownHome?.[Symbol.dispose]()
  }
}

export interface StartOptions extends Partial<RunOptions> {
  /** Further flags of `tracellm start`. */
  readonly args?: readonly string[]
}

/**
 * Starts a server on free ports, in a home of its own unless one is given, and waits until it takes requests.
 *
 *   await using server = await startTracellm()
 *   await fetch(`${server.url}/traces`)
 */
export async function startTracellm({ args = [], home, ...options }: StartOptions = {}): Promise<RunningTracellm> {
  const ownHome = home === undefined ? new TemporaryHome() : undefined
  const folder = home ?? ownHome!.path
  const flags = ['--port', '0', '--dashboard-port', '0', '--otlp-port', '0', '--no-open', ...args]
  const child = spawnTracellm(['start', ...flags], { home: folder, ...options })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output.stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output.stderr += chunk))
  const file = await readyServer(child, folder, output).catch((error: unknown) => {
    child.kill('SIGKILL')
    ownHome?.[Symbol.dispose]()
    throw new Error(`tracellm start failed (exit code ${child.exitCode}):\n${output.stdout}${output.stderr}`, {
      cause: error,
    })
  })
  return new RunningTracellm(child, output, folder, ownHome, file)
}

interface ServerFile {
  readonly pid: number
  readonly url: string
  readonly dashboard_url: string | null
  readonly otlp_url: string | null
}

/** The server writes its file once it listens, and then says so on its first screen. */
async function readyServer(child: ChildProcess, home: string, output: { stdout: string }): Promise<ServerFile> {
  for (let waitedMs = 0; waitedMs < readyWithinMs; waitedMs += 20) {
    if (!isRunning(child)) throw new Error('It has ended.')
    const file = readServerFile(home)
    if (file !== undefined && file.pid === child.pid && output.stdout.includes('Ctrl-C')) return file
    await sleep(20)
  }
  throw new Error(`It was not ready within ${readyWithinMs / 1000} s.`)
}

function readServerFile(home: string): ServerFile | undefined {
  try {
    return JSON.parse(readFileSync(join(home, 'server.json'), 'utf8'))
  } catch {
    return undefined
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}
