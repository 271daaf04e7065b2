import { parseIsoTime } from '@tracellm/core'
import { formatClock, formatId, formatInstant } from '@tracellm/core/format'
import type { TraceDetailJson } from '@tracellm/core/wire'
import { useNow } from '../../data/use-now.ts'
import { Link } from '../../router/link.tsx'

/** Where it came from, as far as it says. */
export function TraceOrigin({ trace }: { trace: TraceDetailJson }) {
  const nowUs = useNow(undefined)
  const startUs = parseIsoTime(trace.started_at)
  const started = startUs === undefined ? trace.started_at : formatInstant(startUs, { nowUs })
  return (
    <span className="origin cut">
      {trace.service !== null && <span>{trace.service}</span>}
      {trace.environment !== null && <span>{trace.environment}</span>}
      {trace.session_id !== null && <FilterLink name="session" parameter="session_id" value={trace.session_id} />}
      {trace.user_id !== null && <FilterLink name="user" parameter="user_id" value={trace.user_id} />}
      <span title={startUs === undefined ? undefined : formatClock(startUs)}>{started}</span>
      <span title={trace.trace_id}>{formatId(trace.trace_id)}</span>
    </span>
  )
}

function FilterLink({ name, parameter, value }: { name: string; parameter: string; value: string }) {
  return (
    <span>
      {name}{' '}
      <Link className="link" href={`/traces?${new URLSearchParams({ [parameter]: value })}`} title={value}>
        {value.length > 24 ? formatId(value) : value}
      </Link>
    </span>
  )
}
