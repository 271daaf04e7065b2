import type { TraceJson } from '@tracellm/core/wire'

/** How a trace ended, in words. */
export function statusWords(trace: Pick<TraceJson, 'status' | 'retry_count' | 'error_count'>): string {
  switch (trace.status) {
    case 'running':
      return 'running'
    case 'success':
      return 'finished'
    case 'warning':
      if (trace.retry_count > 0) return 'finished with retries'
      return trace.error_count > 0 ? 'finished with errors' : 'finished, an answer was cut'
    case 'failed':
      return 'failed'
    case 'interrupted':
      return 'stopped without an end'
  }
}
