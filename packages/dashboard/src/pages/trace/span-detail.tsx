import type { StepJson } from '@tracellm/core/wire'
import { useSpan } from '../../data/use-span.ts'
import { stepTitle, typeWords } from '../../layout/step-title.ts'
import { Button } from '../../parts/button.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { TokenBar } from '../../parts/token-bar.tsx'
import { TypeGlyph } from '../../parts/type-glyph.tsx'
import { StepFigures, tokenText } from './step-figures.tsx'
import { SpanTabs } from './span-tabs.tsx'
import type { Selection } from './use-selection.ts'
import './span-detail.css'

export interface SpanDetailProps {
  readonly traceId: string
  /** As the tree has it; `undefined` where it does not (yet). */
  readonly step: StepJson | undefined
  readonly spanId: string
  readonly selection: Selection
  /** Of the trace. */
  readonly startUs: number
  /** Whether the trace runs, and with it the steps that have no end. */
  readonly isRunning: boolean
}

/** What the step that is looked at saw and said, and everything else that is known of it. */
export function SpanDetail({ traceId, step, spanId, selection, startUs, isRunning }: SpanDetailProps) {
  const { data: span, error, refetch } = useSpan(traceId, spanId, selection.projectId)
  const known = span ?? step
  return (
    <article className="span-detail">
      {known !== undefined && <DetailHead step={known} selection={selection} />}
      {known !== undefined && (
        <div className="figures">
          <StepFigures step={known} span={span} isRunning={isRunning} />
        </div>
      )}
      {span === undefined && error !== null && (
        <ProblemNote error={error}>
          <Button onClick={() => void refetch()}>Try again</Button>
        </ProblemNote>
      )}
      {span === undefined && error === null && <ComingSoon />}
      {span !== undefined && <SpanTabs span={span} selection={selection} startUs={startUs} isRunning={isRunning} />}
    </article>
  )
}

function DetailHead({ step, selection }: { step: StepJson; selection: Selection }) {
  const { name } = stepTitle(step)
  const kind = [typeWords[step.type], step.model_name].filter((text) => text !== null && text !== name)
  const tokens = tokenText(step)
  return (
    <header>
      <div className="title">
        <TypeGlyph type={step.type} />
        <h2 className="cut" title={name}>
          {name}
        </h2>
        <span className="kind cut">{kind.join(' · ')}</span>
        <CopyButton look="bare" icon="link" aria-label="Copy the link to this step" text={() => location.href} />
        <Button
          look="bare"
          icon="close"
          aria-label="Close"
          title="Close  esc"
          onClick={() => selection.select(undefined)}
        />
      </div>
      {step.name !== name && <p className="own-name cut">{step.name}</p>}
      {tokens !== undefined && (
        <div className="token-line">
          <TokenBar figures={step} />
          <span>{tokens}</span>
        </div>
      )}
    </header>
  )
}

function ComingSoon() {
  return (
    <div className="pane coming" aria-busy="true">
      {['90%', '70%', '82%', '40%'].map((width) => (
        <Skeleton key={width} width={width} />
      ))}
    </div>
  )
}
