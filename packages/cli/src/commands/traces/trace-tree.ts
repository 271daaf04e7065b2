import type { StepJson, TraceDetailJson } from '@tracellm/core/wire'
import { parseIsoTime } from '@tracellm/core'
import {
  formatCount,
  formatId,
  formatInstant,
  formatMilliseconds,
  formatMoneyCell,
  formatShare,
  formatTokens,
  nanoUsdOf,
} from '@tracellm/core/format'
import { statusRoles, typeRoles, type Glyphs } from '../../screen/glyphs.ts'
import type { Screen } from '../../screen/screen.ts'
import { cutTo, fitTo, plain, styled, widthOf, type StyledText } from '../../screen/styled-text.ts'
import { treeGuides } from '../../screen/tree.ts'
import { costText, elapsedText, latencyText } from './trace-amounts.ts'
import { stepRows, type StepRow } from './tree-rows.ts'

type Page = Pick<Screen, 'columns' | 'glyphs'>

export interface TreeOptions {
  /** Plumbing too. */
  readonly all: boolean
  readonly nowUs: number
  /** Where the trace can be looked at in a browser (nowhere). */
  readonly address: string | undefined
}

const timeWidth = 10
const costWidth = 9

/** One trace as a tree: what it was, then every step with what it did, how long it took and what it cost. */
export function traceTreeLines(trace: TraceDetailJson, page: Page, options: TreeOptions): StyledText[] {
  const { rows, folded } = stepRows(trace.steps, options.all)
  const guides = treeGuides(rows, page.glyphs)
  const body = rows.flatMap((row, index) => {
    const { self, below } = guides[index]!
    return [
      ...idleLine(row, self, page.glyphs),
      stepLine(row.step, self, page, trace, options.nowUs),
      ...errorLine(row, below, page),
    ]
  })
  const idleMs = rows.reduce((sum, row) => sum + (row.idleMs ?? 0), 0)
  return [...headLines(trace, idleMs, page, options.nowUs), [], ...body, ...footLines(trace, folded, page, options)]
}

function headLines(trace: TraceDetailJson, idleMs: number, page: Page, nowUs: number): StyledText[] {
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

function stepLine(step: StepJson, guide: string, page: Page, trace: TraceDetailJson, nowUs: number): StyledText {
  const { columns, glyphs } = page
  const isOpen = step.duration === null
  const time =
    step.duration === null ? elapsedText(trace.started_at, step.offset, nowUs) : formatMilliseconds(step.duration)
  const what: StyledText = [styled('dim', guide), ...whatOf(step, glyphs)]
  return [
    ...fitTo(what, columns - timeWidth - costWidth, 'left', glyphs.ellipsis),
    ...fitTo([isOpen ? styled('here', time) : plain(time)], timeWidth, 'right', glyphs.ellipsis),
    ...fitTo(stepCost(step), costWidth, 'right', glyphs.ellipsis),
  ]
}

/** What a step did. A call to a model is told by what came out of it, anything else by its name and what went in. */
function whatOf(step: StepJson, glyphs: Glyphs): StyledText {
  const glyph = step.duration === null ? styled('here', glyphs.status.running) : typeGlyph(step, glyphs)
  const retry = step.attempt > 1 ? [styled('warn', ` ${glyphs.retry}${step.attempt}`)] : []
  const isCall = step.type === 'llm' && step.summary !== null
  const name = isCall ? [] : [styled(step.status === 'error' ? 'fail' : 'strong', ` ${step.tool_name ?? step.name}`)]
  const summary = step.summary === null ? [] : [plain(`${isCall ? ' ' : '  '}${step.summary}`)]
  return [glyph, ...name, ...retry, ...summary, ...tokenParts(step, glyphs)]
}

/** Of a call to a model; a call whose price nobody knows is marked. */
function stepCost({ type, cost_usd: cost, input_tokens: tokens }: StepJson): StyledText {
  if (cost !== null) return [plain(formatMoneyCell(nanoUsdOf(cost)))]
  return type === 'llm' && tokens !== null ? [styled('warn', '?')] : []
}

function typeGlyph({ type }: StepJson, glyphs: Glyphs): StyledText[number] {
  const role = typeRoles[type]
  return role === undefined ? plain(glyphs.type[type]) : styled(role, glyphs.type[type])
}

function tokenParts(step: StepJson, glyphs: Glyphs): StyledText {
  if (step.input_tokens === null && step.output_tokens === null) return []
  const [input, output] = [step.input_tokens, step.output_tokens].map((tokens) => formatTokens(tokens ?? 0))
  return [styled('dim', step.output_tokens === null ? `  ${input}` : `  ${input} ${glyphs.arrow} ${output}`)]
}

function errorLine({ step }: StepRow, guide: string, { columns, glyphs }: Page): StyledText[] {
  if (step.status !== 'error') return []
  const text = step.error ?? 'failed without saying why'
  return [cutTo([styled('dim', `${guide}   `), styled('fail', `${glyphs.failed} ${text}`)], columns, glyphs.ellipsis)]
}

function idleLine({ idleMs }: StepRow, guide: string, glyphs: Glyphs): StyledText[] {
  if (idleMs === undefined) return []
  const above = guide.slice(0, guide.length - glyphs.branch.length)
  return [[styled('dim', `${above}${glyphs.idle}${formatMilliseconds(idleMs)} idle`)]]
}

function footLines(trace: TraceDetailJson, folded: number, { glyphs }: Page, options: TreeOptions): StyledText[] {
  const all = trace.span_count
  const parts = [
    folded === 0 ? '' : `${formatCount(folded)} of ${formatCount(all)} spans folded ${glyphs.separator} all: --all`,
    options.address === undefined ? '' : `in the browser: ${options.address}`,
  ].filter((part) => part !== '')
  return parts.length === 0 ? [] : [[], [styled('dim', parts.join('   '))]]
}
