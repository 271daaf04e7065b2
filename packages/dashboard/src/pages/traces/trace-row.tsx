import { parseIsoTime } from '@tracellm/core'
import {
  formatCount,
  formatInstant,
  formatMilliseconds,
  formatRelativeTime,
  formatTokensCell,
  tracePreview,
} from '@tracellm/core/format'
import type { TraceJson } from '@tracellm/core/wire'
import { memo } from 'react'
import { traceKey } from '../../data/trace-list.ts'
import { elapsedText } from '../../layout/elapsed-text.ts'
import { logShare } from '../../layout/log-share.ts'
import { traceCostText } from '../../layout/trace-cost.ts'
import { StatusShape } from '../../parts/status-shape.tsx'
import { TokenBar } from '../../parts/token-bar.tsx'
import { Link } from '../../router/link.tsx'
import './trace-row.css'

/** By which the list finds the link that is to have the focus. */
export function rowLinkId(key: string): string {
  return `trace-${key}`
}

export interface TraceRowProps {
  readonly trace: TraceJson
  readonly rowIndex: number
  readonly top: number
  readonly nowUs: number
  readonly isFocused: boolean
  readonly onFocus: () => void
  readonly onOpen: () => void
}

/** One trace on one line: how it went, what was asked or answered, and what it took. All of the row is the link. */
export const TraceRow = memo(function TraceRow({ trace, rowIndex, top, nowUs, isFocused, ...on }: TraceRowProps) {
  const startUs = parseIsoTime(trace.started_at) ?? nowUs
  return (
    <div
      className={isFocused ? 'trace-row focused' : 'trace-row'}
      role="row"
      aria-rowindex={rowIndex}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="cell" className="status">
        <StatusShape status={trace.status} />
      </span>
      <span role="cell" className="what">
        <Link
          id={rowLinkId(traceKey(trace))}
          href={`/traces/${trace.trace_id}`}
          onFocus={on.onFocus}
          onClick={on.onOpen}
        >
          <b className="cut">{trace.name}</b>{' '}
          <span className="cut">{tracePreview({ ...trace, failureReason: trace.failure_reason })}</span>
        </Link>
      </span>
      <span role="cell" className="model cut">
        {modelText(trace)}
      </span>
      <span role="cell" className="time">
        <Time trace={trace} elapsedMs={(nowUs - startUs) / 1000} />
      </span>
      <span role="cell" className="tokens">
        <span className="bar">
          <TokenBar figures={trace} />
        </span>
        <Tokens trace={trace} />
      </span>
      <span role="cell" className="cost">
        <Cost trace={trace} />
      </span>
      <span role="cell" className="spans">
        {formatCount(trace.span_count)}
      </span>
      <span role="cell" className="age" title={formatInstant(startUs, { nowUs })}>
        {formatRelativeTime(startUs, nowUs)}
      </span>
    </div>
  )
}, isSameRow)

/** A row is drawn anew when its trace has changed, or what it says of the time. */
function isSameRow(one: TraceRowProps, other: TraceRowProps): boolean {
  return (
    one.trace === other.trace &&
    one.top === other.top &&
    one.rowIndex === other.rowIndex &&
    one.nowUs === other.nowUs &&
    one.isFocused === other.isFocused
  )
}

function Time({ trace: { latency, status }, elapsedMs }: { trace: TraceJson; elapsedMs: number }) {
  return (
    <>
      {latency === null ? <span className="here">{elapsedText(elapsedMs)}</span> : formatMilliseconds(latency)}
      <i className={status} style={{ width: `${logShare(latency ?? elapsedMs) * 100}%` }} />
    </>
  )
}

function Tokens({ trace }: { trace: TraceJson }) {
  const { token_count: tokens, llm_calls: modelCalls, error_count: failedSteps, cost_is_partial: isPartial } = trace
  const text = formatTokensCell(tokens, { modelCalls, failedSteps, isPartial })
  const title = text === '–' ? 'Its calls told of no tokens.' : `${formatCount(tokens)} tokens`
  return <span title={title}>{text}</span>
}

function Cost({ trace }: { trace: TraceJson }) {
  const text = traceCostText(trace)
  if (!trace.cost_is_partial) return <>{text}</>
  return (
    <span className={text === '?' ? 'warn' : ''} title="Some calls have no known price.">
      {text}
    </span>
  )
}

function modelText({ model_name: model, models }: TraceJson): string {
  const others = models.length - 1
  return model === null || others < 1 ? (model ?? '') : `${model} +${others}`
}
