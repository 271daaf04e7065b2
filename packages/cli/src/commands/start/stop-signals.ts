import { constants } from 'node:os'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Signals so close together are one: Ctrl-C reaches every process of the terminal, and npm hands its own on to the
 * process that it runs.
 */
const oneSignalMs = 400

/**
 * Resolves with the first signal that asks this process to stop. A second one ends it at once, with the exit code that
 * shells expect.
 */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let firstAtMs: number | undefined
    for (const signal of signals) {
      process.on(signal, () => {
        firstAtMs ??= performance.now()
        resolve(signal)
        if (performance.now() - firstAtMs > oneSignalMs) process.exit(128 + constants.signals[signal])
      })
    }
  })
}
