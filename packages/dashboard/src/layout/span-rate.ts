import type { HealthJson } from '@tracellm/core/wire'

type Counted = Pick<HealthJson, 'uptime_s' | 'ingest'>

/** Spans a second that came between two answers; `undefined` when the server was started in between. */
export function spanRate(before: Counted, now: Counted): number | undefined {
  const seconds = now.uptime_s - before.uptime_s
  const received = (now.ingest?.received_spans ?? 0) - (before.ingest?.received_spans ?? 0)
  return seconds <= 0 || received < 0 ? undefined : received / seconds
}
