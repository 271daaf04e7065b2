import { constants } from 'node:os'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Resolves with the first signal that asks this process to stop. A second one ends it at once, with the exit code that
 * shells expect.
 */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let isStopping = false
    for (const signal of signals) {
      process.on(signal, () => {
        if (isStopping) process.exit(128 + constants.signals[signal])
        isStopping = true
        resolve(signal)
      })
    }
  })
}
