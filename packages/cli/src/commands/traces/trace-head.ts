import { parseIsoTime } from '@tracellm/core'
import { formatId, formatInstant, formatMilliseconds, formatShare, formatTokens } from '@tracellm/core/format'
import type { TraceDetailJson } from '@tracellm/core/wire'
import { statusRoles, type Glyphs } from '../../screen/glyphs.ts'
import type { Screen } from '../../screen/screen.ts'
import { cutTo, fitTo, plain, styled, widthOf, type StyledText } from '../../screen/styled-text.ts'
import { costText, latencyText } from './trace-amounts.ts'

/**
 * The head of a trace's tree: its name, what was asked and how it ended; what it took, without the waits that the tree
 * folds; and why it failed.
 */
export function traceHeadLines(
  trace: TraceDetailJson,
  idleMs: number,
  page: Pick<Screen, 'columns' | 'glyphs'>,
  nowUs: number,
): StyledText[] {
  const { columns, glyphs } = page
  const status = [styled(statusRoles[trace.status], `${glyphs.status[trace.status]} ${statusWords(trace)}`)]
  const name = [styled('strong', trace.name), plain(`  ${trace.prompt ?? ''}`)]
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

/** How it ended, in words. */
function statusWords({ status, retry_count: retries, error_count: errors }: TraceDetailJson): string {
  switch (status) {
    case 'running':
      return 'running'
    case 'success':
      return 'finished'
    case 'warning':
      if (retries > 0) return 'finished with retries'
      return errors > 0 ? 'finished with errors' : 'finished, an answer was cut'
    case 'failed':
      return 'failed'
    case 'interrupted':
      return 'stopped without an end'
  }
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
