import { formatCount, formatId, formatMilliseconds, formatMoney, formatTokens, nanoUsdOf } from '@tracellm/core/format'
import type { SpanJson, StepJson } from '@tracellm/core/wire'
import { sinceStartText } from '../../layout/since-start-text.ts'

interface Figure {
  readonly name: string
  readonly value: string
  readonly title?: string
  readonly isWarning?: boolean
}

interface StepFiguresProps {
  readonly step: StepJson
  readonly span: SpanJson | undefined
  /** Whether it still runs if it has no end. */
  readonly isRunning: boolean
}

/** The few figures that matter for the kind of step; those that need the whole span come with it. */
export function StepFigures({ step, span, isRunning }: StepFiguresProps) {
  return (
    <dl>
      {figuresOf(step, span, isRunning).map(({ name, value, title, isWarning = false }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd title={title} className={isWarning ? 'warn' : ''}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** `28k cached + 5.2k → 1.2k`; `undefined` for a step that says nothing of tokens. */
export function tokenText(step: StepJson): string | undefined {
  const { input_tokens: input, output_tokens: output, cache_read_tokens: cached } = step
  if (input === null && output === null) return undefined
  const read = cached ?? 0
  const asked = formatTokens(Math.max(0, (input ?? 0) - read))
  const before = read > 0 ? `${formatTokens(read)} cached + ${asked}` : asked
  return `${before} → ${formatTokens(output ?? 0)}`
}

function figuresOf(step: StepJson, span: SpanJson | undefined, isRunning: boolean): Figure[] {
  const open = isRunning ? 'running' : 'no end'
  const figures: (Figure | undefined)[] = [
    { name: 'Duration', value: step.duration === null ? open : formatMilliseconds(step.duration) },
    step.ttft === null ? undefined : { name: 'First token', value: formatMilliseconds(step.ttft) },
    speedOf(step),
    costOf(step, span),
    endOf(step, span),
    step.attempt > 1 ? { name: 'Attempt', value: String(step.attempt) } : undefined,
    idOf(span?.tool?.call_id),
    { name: 'Started', value: sinceStartText(step.offset), ...(span && { title: span.started_at }) },
  ]
  return figures.filter((figure) => figure !== undefined).slice(0, 6)
}

/** Tokens a second once they came; a call that was given all at once has no speed. */
function speedOf({ output_tokens: tokens, duration, ttft }: StepJson): Figure | undefined {
  if (tokens === null || duration === null || ttft === null || duration - ttft < 1) return undefined
  return { name: 'Speed', value: `${formatCount((tokens * 1000) / (duration - ttft))} tok/s` }
}

function costOf(step: StepJson, span: SpanJson | undefined): Figure | undefined {
  const nanoUsd = nanoUsdOf(step.cost_usd)
  if (nanoUsd !== undefined) {
    const source = span?.cost?.source === 'reported' ? 'as the client reports it' : 'by the price list'
    return { name: 'Cost', value: formatMoney(nanoUsd), title: `$${step.cost_usd}, ${source}` }
  }
  const isCall = step.type === 'llm' && step.output_tokens !== null
  return isCall ? { name: 'Cost', value: 'no price', isWarning: true } : undefined
}

function endOf(step: StepJson, span: SpanJson | undefined): Figure | undefined {
  if (step.type !== 'llm' || span === undefined || span.finish_reasons.length === 0) return undefined
  const reasons = span.finish_reasons.join(', ')
  return { name: 'Ended', value: reasons.replaceAll('_', ' '), isWarning: /length|filter/.test(reasons) }
}

function idOf(callId: string | null = null): Figure | undefined {
  return callId === null ? undefined : { name: 'Call id', value: formatId(callId), title: callId }
}
