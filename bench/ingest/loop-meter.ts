import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

/**
 * Loaded into the server that is measured (`--import`): writes how late its main loop was into the file that
 * `BENCH_LOOP_FILE` names, at its end. SIGUSR2 begins anew, so that only the load is measured.
 */
const file = process.env['BENCH_LOOP_FILE']
if (isMainThread && file !== undefined) {
  const resolutionMs = 2
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  process.on('SIGUSR2', () => delay.reset())
  const lateMs = (percentile: number) => Math.max(0, delay.percentile(percentile) / 1e6 - resolutionMs)
  process.on('exit', () => writeFileSync(file, JSON.stringify({ p50Ms: lateMs(50), p99Ms: lateMs(99) })))
}
