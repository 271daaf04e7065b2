import { formatCount, formatMilliseconds, formatShare, formatTokens } from '@tracellm/core/format'
import type { TraceDetailJson } from '@tracellm/core/wire'
import type { ReactNode } from 'react'
import { elapsedText } from '../../layout/elapsed-text.ts'
import { traceCostText } from '../../layout/trace-cost.ts'
import { TokenBar } from '../../parts/token-bar.tsx'
import { goToNext, isFailed } from './go-to-next.ts'
import type { TraceHeadProps } from './trace-head.tsx'

/** What the trace took: time, money, calls, failures, tokens. */
export function TraceFigures({ trace, elapsedMs, selection, tree }: TraceHeadProps) {
  return (
    <dl>
      <Fact name="Time">
        <Time trace={trace} elapsedMs={elapsedMs} />
      </Fact>
      <Cost trace={trace} />
      <Fact name="Calls" isMinor>
        {callsText(trace)}
      </Fact>
      {trace.error_count > 0 && (
        <Fact name="Failed steps">
          <FailedSteps trace={trace} selection={selection} tree={tree} />
        </Fact>
      )}
      {trace.token_count > 0 && <Tokens trace={trace} />}
    </dl>
  )
}

/** A minor one makes room on a narrow screen. */
function Fact({ name, isMinor = false, children }: { name: string; isMinor?: boolean; children: ReactNode }) {
  return (
    <div className={isMinor ? 'minor' : ''}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Waiting is told apart from work where there was much of it. */
function Time({ trace: { latency, active_ms: activeMs }, elapsedMs }: { trace: TraceDetailJson; elapsedMs: number }) {
  if (latency === null) {
    return <span className="here">{elapsedText(elapsedMs)}</span>
  }
  return (
    <>
      {formatMilliseconds(latency)}
      {activeMs < 0.8 * latency && <small> {formatMilliseconds(activeMs)} active</small>}
    </>
  )
}

function Cost({ trace }: { trace: TraceDetailJson }) {
  const text = traceCostText(trace)
  if (text === undefined) return null
  const isUnpriced = text === '?'
  return (
    <Fact name="Cost">
      {isUnpriced ? <span className="warn">no price</span> : text}
      {trace.cost_is_partial && !isUnpriced && <small className="warn"> some calls unpriced</small>}
    </Fact>
  )
}

function callsText({ llm_calls: model, tool_calls: tool, span_count: spans }: TraceDetailJson): string {
  const calls = [model > 0 ? `${formatCount(model)} model` : '', tool > 0 ? `${formatCount(tool)} tool` : '']
  const made = calls.filter((text) => text !== '')
  return made.length > 0 ? made.join(' · ') : `none in ${formatCount(spans)} ${spans === 1 ? 'span' : 'spans'}`
}

function FailedSteps({ trace, selection, tree }: Pick<TraceHeadProps, 'trace' | 'selection' | 'tree'>) {
  const recovered = trace.status === 'success' || trace.status === 'warning'
  return (
    <>
      <button type="button" className="link fail" onClick={() => goToNext(tree, selection, 1, isFailed)}>
        {formatCount(trace.error_count)}
      </button>
      {recovered && <small> {trace.error_count === 1 ? 'recovered' : 'all recovered'}</small>} <kbd>e</kbd>
    </>
  )
}

function Tokens({ trace }: { trace: TraceDetailJson }) {
  const { token_count: tokens, input_tokens: input, cache_read_tokens: cached } = trace
  return (
    <div className="tokens minor">
      <dt title={formatCount(tokens)}>{formatTokens(tokens)} tokens</dt>
      <dd>
        <TokenBar figures={trace} />
      </dd>
      {cached > 0 && <dd className="cached">{formatShare(cached / input)} of input cached</dd>}
    </div>
  )
}
