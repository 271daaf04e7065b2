import { parseIsoTime } from '@tracellm/core'
import { formatRelativeTime, tracePreview } from '@tracellm/core/format'
import type { TraceJson } from '@tracellm/core/wire'
import { statusRoles, type Glyphs } from '../../screen/glyphs.ts'
import type { Screen } from '../../screen/screen.ts'
import { plain, styled, type StyledText } from '../../screen/styled-text.ts'
import { tableLines, type Column } from '../../screen/table.ts'
import { shortIds } from './short-ids.ts'
import { costCell, latencyText, tokenText } from './trace-amounts.ts'

/** What a trace is, what was asked of it or answered, what it took, when it was, and how to open it. */
const columns: readonly Column[] = [
  { head: '' },
  { head: 'name', minWidth: 10, maxWidth: 24 },
  { head: 'what', minWidth: 24 },
  { head: 'time', align: 'right' },
  { head: 'tokens', align: 'right', leaves: 1 },
  { head: '$', align: 'right' },
  { head: 'ago', align: 'right', leaves: 2 },
  { head: 'id' },
]

/** Traces as rows of a table, in the order given. */
export function traceTableLines(
  traces: readonly TraceJson[],
  screen: Pick<Screen, 'columns' | 'glyphs'>,
  nowUs: number,
): StyledText[] {
  const ids = shortIds(traces.map((trace) => trace.trace_id))
  const rows = traces.map((trace, index) => traceRow(trace, ids[index]!, screen.glyphs, nowUs))
  return tableLines(columns, rows, screen.columns, screen.glyphs.ellipsis)
}

function traceRow(trace: TraceJson, id: string, glyphs: Glyphs, nowUs: number): StyledText[] {
  const isRunning = trace.status === 'running'
  return [
    [styled(statusRoles[trace.status], glyphs.status[trace.status])],
    [styled(trace.status === 'failed' ? 'fail' : 'strong', trace.name)],
    [plain(tracePreview({ ...trace, failureReason: trace.failure_reason }))],
    [isRunning ? styled('here', latencyText(trace, nowUs)) : plain(latencyText(trace, nowUs))],
    [plain(tokenText(trace, glyphs))],
    costCell(trace, glyphs),
    [styled('dim', formatRelativeTime(parseIsoTime(trace.started_at) ?? nowUs, nowUs))],
    [styled('dim', id)],
  ]
}
