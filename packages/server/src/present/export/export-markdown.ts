import { isoTime, jsonText, modelOf, type Content, type Message, type MessagePart, type Step } from '@tracellm/core'
import { areTokensUntold, formatCount, formatDuration, formatMoney, isCostUntold } from '@tracellm/core/format'
import type { SpanRead, TraceDetail } from '@tracellm/store'

/**
 * A trace to be read: the figures, what was asked and answered, then every step with what went in and came out.
 * What a span holds stands in code blocks, where it is text and nothing else.
 */
export async function* exportMarkdown(
  trace: TraceDetail,
  pages: AsyncIterable<readonly SpanRead[]>,
): AsyncGenerator<string> {
  yield `# ${inline(trace.name)}\n\n${traceFigures(trace)}\n`
  if (trace.failureReason !== undefined) yield `\n## What went wrong\n\n${block(trace.failureReason)}`
  if (trace.prompt !== undefined) yield `\n## Asked\n\n${block(trace.prompt)}`
  if (trace.response !== undefined) yield `\n## Answered\n\n${block(trace.response)}`
  yield '\n## Steps\n'
  let number = 0
  for await (const page of pages) {
    for (const read of page) {
      number += 1
      yield stepText(read, number)
    }
  }
}

function traceFigures(trace: TraceDetail): string {
  return listOf([
    ['Trace', trace.traceId],
    ['Project', trace.projectId],
    ['Status', trace.status],
    ['Started', isoTime(trace.startUs)],
    ['Took', trace.endUs === undefined ? 'still running' : formatDuration(trace.endUs - trace.startUs)],
    ['Models', trace.models.join(', ')],
    ['Tokens', traceTokensText(trace)],
    ['Cost', costText(trace)],
    ['Steps', formatCount(trace.spanCount)],
    ['Session', trace.sessionId ?? ''],
    ['User', trace.userId ?? ''],
    ['Tags', trace.tags.join(', ')],
  ])
}

/** Nothing for a trace that called no model. */
function traceTokensText(trace: TraceDetail): string {
  const { llmCalls: modelCalls, unpricedCalls, errorCount: failedSteps, inputTokens, outputTokens } = trace
  const tokens = inputTokens + outputTokens
  if (tokens === 0 && modelCalls === 0) return ''
  const isUntold = areTokensUntold(tokens, { modelCalls, failedSteps, isPartial: unpricedCalls > 0 })
  return isUntold ? '–' : tokensText(inputTokens, outputTokens)
}

/** Likewise. */
function costText(trace: TraceDetail): string {
  const { llmCalls: modelCalls, unpricedCalls, costNanoUsd: cost, errorCount: failedSteps } = trace
  if (modelCalls === 0 && unpricedCalls === 0) return ''
  const tokens = trace.inputTokens + trace.outputTokens
  return formatMoney(cost, {
    isPartial: unpricedCalls > 0,
    isUntold: isCostUntold(cost, { modelCalls, tokens, failedSteps }),
  })
}

function tokensText(inputTokens: number, outputTokens: number): string {
  return `${formatCount(inputTokens)} in, ${formatCount(outputTokens)} out`
}

function listOf(lines: readonly (readonly [string, string])[]): string {
  const said = lines.filter(([, value]) => value !== '')
  return said.map(([name, value]) => `- **${name}:** ${inline(value)}\n`).join('')
}

function stepText({ step, span, traceStartUs }: SpanRead, number: number): string {
  const model = modelOf(span)
  const title = `### ${number}. ${step.type}: ${inline(step.name)}${model === undefined ? '' : `, ${inline(model)}`}`
  const error = span.error?.message ?? span.error?.type
  return [
    `\n${title}\n\n${stepFigures(step, traceStartUs)}\n`,
    error === undefined ? '' : `\nFailed:\n\n${block(error)}`,
    contentText('In', span.input),
    contentText('Out', span.output),
  ].join('')
}

function stepFigures(step: Step, traceStartUs: number): string {
  const { durationUs, inputTokens, outputTokens = 0, costNanoUsd, attempt, spanId, parentId } = step
  const figures = [
    `after ${formatDuration(step.startUs - traceStartUs)}`,
    durationUs === undefined ? 'still running' : `took ${formatDuration(durationUs)}`,
    inputTokens === undefined ? '' : `tokens ${tokensText(inputTokens, outputTokens)}`,
    costNanoUsd === undefined ? '' : formatMoney(costNanoUsd),
    attempt > 1 ? `attempt ${attempt}` : '',
    `id ${spanId}${parentId === undefined ? '' : `, in ${parentId}`}`,
  ]
  return figures.filter((figure) => figure !== '').join('; ')
}

function contentText(title: string, content: Content | undefined): string {
  if (content === undefined) return ''
  if (content.form === 'messages') return content.messages.map((message) => messageText(title, message)).join('')
  const { value } = content
  return `\n${title}:\n\n${typeof value === 'string' ? block(value) : block(JSON.stringify(value, null, 2), 'json')}`
}

function messageText(title: string, { role, name, parts }: Message): string {
  const speaker = name === undefined ? role : `${role} ${name}`
  return `\n${title}, ${inline(speaker)}:\n\n${block(parts.map((part) => partText(part)).join('\n\n'))}`
}

function partText(part: MessagePart): string {
  switch (part.type) {
    case 'text':
      return part.text
    case 'reasoning':
      return `(reasoning) ${part.text}`
    case 'toolCall':
      return `→ ${part.name}(${jsonText(part.args)})`
    case 'toolResult':
      return `← ${typeof part.result === 'string' ? part.result : jsonText(part.result)}`
    case 'media':
      return `(${part.modality}${part.mime === undefined ? '' : ` ${part.mime}`}${part.uri === undefined ? '' : ` ${part.uri}`})`
    case 'other':
      return jsonText(part.raw)
  }
}

/** A fenced block, with a fence longer than any in the text. */
function block(text: string, language = ''): string {
  let longest = 2
  for (const [run] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length)
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}\n`
}

/** Text within a line: one line, and none of its characters mean anything to Markdown. */
function inline(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~]/g, '\\$&')
}
