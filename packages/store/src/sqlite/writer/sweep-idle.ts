import { livingTrace, spanIdleUs, traceIdleUs, type TraceLifecycle } from '@tracellm/core'
import type { RowFacts, TraceEntry } from './trace-entry.ts'
import type { WriterMemory } from './writer-memory.ts'
import type { Machine, WriterParts } from './writer-parts.ts'

/** A sweep looks at so many traces at most; the rest waits for the next. */
const maxTraces = 5000

/** Ends running traces by the idle rules: those whose process is gone or silent, and those whose root is overdue. */
export function sweepIdle({ database, memory, transaction, machine, nowUs }: WriterParts): void {
  const running = database.prepare(
    `select id from trace where status = 0 and start_us is not null and (open_spans > 0 or deadline_us <= ?)
     order by deadline_us limit ?`,
  )
  for (const row of running.all(nowUs, maxTraces)) {
    const entry = memory.traces.read(row['id'] as number)
    const lifecycle = entry === undefined ? livingTrace : lifecycleOf(entry, memory, machine, nowUs)
    if (lifecycle !== livingTrace) transaction.setLifecycle(entry!, lifecycle)
  }
  memory.senders.write(nowUs - 2 * spanIdleUs)
}

function lifecycleOf(entry: TraceEntry, memory: WriterMemory, machine: Machine, nowUs: number): TraceLifecycle {
  const isAbandoned = (span: RowFacts): boolean => {
    const { instance, pid, hostName } = memory.resources.sender(span.resource)
    const seenUs = (instance === undefined ? undefined : memory.senders.lastSeenUs(instance)) ?? entry.updatedUs
    const isHere = pid !== undefined && hostName === machine.hostName
    return nowUs - seenUs >= spanIdleUs || (isHere && machine.isProcessGone(pid))
  }
  const open = [...entry.state.openSpans()]
  if (open.length > 0) return open.some(isAbandoned) ? { processGone: true, rootOverdue: false } : livingTrace
  return nowUs - entry.updatedUs >= traceIdleUs ? { processGone: false, rootOverdue: true } : livingTrace
}
