import type { StepJson, TraceDetailJson } from '@tracellm/core/wire'
import { sinceStartText } from '../../layout/since-start-text.ts'
import { stepTitle } from '../../layout/step-title.ts'
import { StatusShape } from '../../parts/status-shape.tsx'
import { ValueView } from '../../parts/value-view.tsx'
import { isFailed } from './go-to-next.ts'
import { JsonSection } from './json-section.tsx'
import { PaneSection } from './pane-section.tsx'
import type { Selection } from './use-selection.ts'
import './span-detail.css'
import './trace-summary.css'

/** More failures than these are found by going from one to the next. */
const maxFailures = 6

/** Stands where a step's detail will be: what failed, what was asked and what was answered. */
export function TraceSummary({
  trace,
  steps,
  selection,
}: {
  trace: TraceDetailJson
  steps: readonly StepJson[]
  selection: Selection
}) {
  const failed = steps.filter(isFailed).slice(0, maxFailures)
  return (
    <div className="trace-summary pane">
      {failed.length > 0 && (
        <PaneSection title="Look here first">
          {failed.map((step) => (
            <FailedStep key={step.step_id} step={step} open={() => selection.select(step.step_id)} />
          ))}
        </PaneSection>
      )}
      <PaneSection title="Asked">
        <Text text={trace.prompt} />
      </PaneSection>
      <PaneSection title="Answered">
        <Text text={trace.response} isRunning={trace.status === 'running'} />
      </PaneSection>
      {trace.tags.length > 0 && (
        <p className="tags">
          {trace.tags.map((tag) => (
            <span key={tag}>{tag}</span>
          ))}
        </p>
      )}
      <JsonSection title="Metadata" value={trace.metadata} />
    </div>
  )
}

function FailedStep({ step, open }: { step: StepJson; open: () => void }) {
  const { name } = stepTitle(step)
  return (
    <button type="button" className="failed-step" onClick={open}>
      <StatusShape status="failed" />
      <b className="cut">{step.error === name ? (step.model_name ?? step.name) : name}</b>
      <span className="cut">{step.error}</span>
      <span className="at">{sinceStartText(step.offset)}</span>
    </button>
  )
}

function Text({ text, isRunning = false }: { text: string | null; isRunning?: boolean }) {
  if (text === null) return <p className="faint">{isRunning ? 'still to come' : 'not recorded'}</p>
  return <ValueView value={text} label="Text" />
}
