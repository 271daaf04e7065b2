import type { StepJson, TraceDetailJson } from '@tracellm/core/wire'
import { formatCount, formatMilliseconds, formatMoneyCell, formatTokens, nanoUsdOf } from '@tracellm/core/format'
import { typeRoles, type Glyphs } from '../../screen/glyphs.ts'
import type { Screen } from '../../screen/screen.ts'
import { cutTo, fitTo, plain, styled, type StyledText } from '../../screen/styled-text.ts'
import { treeGuides } from '../../screen/tree.ts'
import { elapsedText } from './trace-amounts.ts'
import { traceHeadLines } from './trace-head.ts'
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
  return [
    ...traceHeadLines(trace, idleMs, page, options.nowUs),
    [],
    ...body,
    ...footLines(trace, folded, page, options),
  ]
}

function stepLine(step: StepJson, guide: string, page: Page, trace: TraceDetailJson, nowUs: number): StyledText {
  const { columns, glyphs } = page
  const what: StyledText = [styled('dim', guide), ...whatOf(step, glyphs, trace.status === 'running')]
  return [
    ...fitTo(what, columns - timeWidth - costWidth, 'left', glyphs.ellipsis),
    ...fitTo([stepTime(step, trace, nowUs)], timeWidth, 'right', glyphs.ellipsis),
    ...fitTo(stepCost(step), costWidth, 'right', glyphs.ellipsis),
  ]
}

/** How long a step took, or has taken so far. Where the trace has stopped, what has no end has none. */
function stepTime({ duration, offset }: StepJson, trace: TraceDetailJson, nowUs: number): StyledText[number] {
  if (duration !== null) return plain(formatMilliseconds(duration))
  if (trace.status !== 'running') return styled('dim', 'no end')
  return styled('here', elapsedText(trace.started_at, offset, nowUs))
}

/** What a step did. A call to a model is told by what came out of it, anything else by its name and what went in. */
function whatOf(step: StepJson, glyphs: Glyphs, isRunning: boolean): StyledText {
  const isOpen = step.duration === null && isRunning
  const glyph = isOpen ? styled('here', glyphs.status.running) : typeGlyph(step, glyphs)
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
