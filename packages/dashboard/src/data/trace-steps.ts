import type { LiveStepJson, StepJson, TraceDetailJson, TraceJson } from '@tracellm/core/wire'

/** The pages of one trace after the socket has told of steps: known ones are replaced, new ones go to the last page. */
export function updateSteps(
  pages: readonly TraceDetailJson[],
  steps: readonly LiveStepJson[],
): readonly TraceDetailJson[] {
  const told = new Map(steps.map((step) => [step.step_id, step]))
  const updated = pages.map((page) => {
    if (!page.steps.some((step) => told.has(step.step_id))) return page
    return { ...page, steps: page.steps.map((step) => takeTold(step, told)) }
  })
  const last = updated.at(-1)
  // The pages that are still to come bring the rest.
  if (last === undefined || told.size === 0 || last.next_cursor !== null) return updated
  return [...updated.slice(0, -1), { ...last, steps: [...last.steps, ...told.values()] }]
}

/** The figures of a trace as lists have them, put into the trace itself, whose texts are whole. */
export function updateHead(pages: readonly TraceDetailJson[], trace: TraceJson): readonly TraceDetailJson[] {
  const [first, ...others] = pages
  if (first === undefined || trace.updated_at < first.updated_at) return pages
  const prompt = wholeText(first.prompt, trace.prompt)
  const response = wholeText(first.response, trace.response)
  return [{ ...first, ...trace, prompt, response }, ...others]
}

/** All steps that are there, in the order of their pages. */
export function stepsOf(pages: readonly TraceDetailJson[]): readonly StepJson[] {
  return pages.length === 1 ? pages[0]!.steps : pages.flatMap((page) => page.steps)
}

/** An end that has come is never taken back by an older event. */
function takeTold(step: StepJson, told: Map<string, LiveStepJson>): StepJson {
  const newer = told.get(step.step_id)
  if (newer === undefined) return step
  told.delete(step.step_id)
  return newer.duration === null && step.duration !== null ? step : newer
}

/** Lists cut texts and say so with an ellipsis. */
function wholeText(whole: string | null, cut: string | null): string | null {
  const isStart = whole !== null && cut !== null && cut.endsWith('…') && whole.startsWith(cut.slice(0, -1))
  return isStart ? whole : cut
}
