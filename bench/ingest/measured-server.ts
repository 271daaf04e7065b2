import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startTracellm, TemporaryHome, type RunningTracellm } from '../../e2e/start-tracellm.ts'

const built = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url))
const meter = new URL('./loop-meter.ts', import.meta.url).href

/** In which Linux counts processor time. */
const ticksPerSecond = 100

/** The built product in a home of its own, with what is looked at from outside. */
export class MeasuredServer implements AsyncDisposable {
  readonly home: TemporaryHome
  readonly server: RunningTracellm
  readonly readyMs: number

  private constructor(home: TemporaryHome, server: RunningTracellm, readyMs: number) {
    this.home = home
    this.server = server
    this.readyMs = readyMs
  }

  static async start(home = new TemporaryHome()): Promise<MeasuredServer> {
    if (!existsSync(built)) throw new Error('Nothing is built: npm run build')
    const env = { NODE_OPTIONS: `--import ${meter}`, BENCH_LOOP_FILE: join(home.path, 'loop.json') }
    const startMs = performance.now()
    const server = await startTracellm({ home: home.path, program: built, env })
    return new MeasuredServer(home, server, performance.now() - startMs)
  }

  get url(): string {
    return this.server.url
  }

  /** Forgets how late the loop was until now. */
  resetLoopMeter(): void {
    process.kill(this.server.pid, 'SIGUSR2')
  }

  /** Resident memory now, and the most there ever was. */
  memoryMb(): { now: number; peak: number } {
    const status = readFileSync(`/proc/${this.server.pid}/status`, 'utf8')
    const of = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024
    return { now: of('VmRSS'), peak: of('VmHWM') }
  }

  /** Processor time of all its threads so far, in seconds. */
  processorSeconds(): number {
    const fields = readFileSync(`/proc/${this.server.pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    const [user, system] = [Number(fields[11]), Number(fields[12])]
    return (user + system) / ticksPerSecond
  }

  /** Stops it, and reads what it left. */
  async stop(): Promise<{ diskBytes: number; loopP99Ms: number; stopMs: number }> {
    const startMs = performance.now()
    await this.server.stop()
    const stopMs = performance.now() - startMs
    const diskBytes = readdirSync(this.home.path)
      .filter((name) => name.startsWith('spans.db'))
      .reduce((sum, name) => sum + statSync(join(this.home.path, name)).size, 0)
    const loop = JSON.parse(readFileSync(join(this.home.path, 'loop.json'), 'utf8')) as { p99Ms: number }
    return { diskBytes, loopP99Ms: loop.p99Ms, stopMs }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]()
    this.home[Symbol.dispose]()
  }
}
