import type { TraceStatus } from '../trace/trace.ts'

/** What a trace's words are chosen by, beside its status. */
interface TraceTroubles {
  readonly retryCount: number
  readonly errorCount: number
}

/** How a trace ended, in words: `finished with retries`. Without errors and retries only a cut answer is a warning. */
export function formatTraceStatus(status: TraceStatus, { retryCount, errorCount }: TraceTroubles): string {
  switch (status) {
    case 'running':
      return 'running'
    case 'success':
      return 'finished'
    case 'warning':
      if (retryCount > 0) return 'finished with retries'
      return errorCount > 0 ? 'finished with errors' : 'finished, an answer was cut'
    case 'failed':
      return 'failed'
    case 'interrupted':
      return 'stopped without an end'
  }
}
