import { parseIsoTime } from '@tracellm/core'
import {
  formatId,
  formatInstant,
  formatMilliseconds,
  formatShare,
  formatTokens,
  formatTraceStatus,
  tracePreview,
} from '@tracellm/core/format'
import type { TraceDetailJson } from '@tracellm/core/wire'
import { statusRoles, type Glyphs } from '../../screen/glyphs.ts'
import type { Screen } from '../../screen/screen.ts'
import { cutTo, fitTo, plain, styled, widthOf, type StyledText } from '../../screen/styled-text.ts'
import { costText, latencyText } from './trace-amounts.ts'

/**
 * The head of a trace's tree: its name, what was asked or answered, and how it ended; what it took, without the waits that the tree
 * folds; and why it failed.
 */
export function traceHeadLines(
  trace: TraceDetailJson,
  idleMs: number,
  page: Pick<Screen, 'columns' | 'glyphs'>,
  nowUs: number,
): StyledText[] {
  const { columns, glyphs } = page
  const { status: ended, retry_count: retryCount, error_count: errorCount } = trace
  const words = formatTraceStatus(ended, { retryCount, errorCount })
  const status = [styled(statusRoles[ended], `${glyphs.status[ended]} ${words}`)]
  const name = [styled('strong', trace.name), plain(`  ${tracePreview({ ...trace, failureReason: null })}`)]
  const left = Math.max(0, columns - widthOf(status) - 2)
  const facts = factsOf(trace, idleMs, glyphs, nowUs).join(` ${glyphs.separator} `)
  const reason =
    trace.failure_reason === null || (trace.status !== 'failed' && trace.status !== 'interrupted')
      ? []
      : [cutTo([styled('fail', `${glyphs.failed} `), plain(trace.failure_reason)], columns, glyphs.ellipsis)]
  return [
    [...fitTo(name, left, 'left', glyphs.ellipsis), plain('  '), ...status],
    cutTo([styled('dim', facts)], columns, glyphs.ellipsis),
    ...reason,
  ]
}

function factsOf(trace: TraceDetailJson, idleMs: number, glyphs: Glyphs, nowUs: number): string[] {
  const tokens = trace.token_count
  const cached = trace.input_tokens === 0 ? 0 : trace.cache_read_tokens / trace.input_tokens
  const active = trace.latency === null || idleMs === 0 ? '' : `, ${formatMilliseconds(trace.latency - idleMs)} active`
  return [
    formatInstant(parseIsoTime(trace.started_at) ?? nowUs, { nowUs }),
    trace.service ?? '',
    trace.session_id === null ? '' : `session ${formatId(trace.session_id)}`,
    trace.user_id === null ? '' : `user ${formatId(trace.user_id)}`,
    latencyText(trace, nowUs) + active,
    trace.llm_calls === 0 ? '' : costText(trace, glyphs),
    tokens === 0 ? '' : `${formatTokens(tokens)} tokens${cached === 0 ? '' : `, ${formatShare(cached)} cached`}`,
  ].filter((fact) => fact !== '')
}
