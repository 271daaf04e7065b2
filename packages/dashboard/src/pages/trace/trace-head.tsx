import { formatTraceStatus } from '@tracellm/core/format'
import type { TraceDetailJson } from '@tracellm/core/wire'
import type { StepTree } from '../../layout/step-tree.ts'
import { BackButton } from '../../parts/back-button.tsx'
import { Button } from '../../parts/button.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { StatusShape } from '../../parts/status-shape.tsx'
import { TraceFigures } from './trace-figures.tsx'
import { TraceOrigin } from './trace-origin.tsx'
import type { Selection } from './use-selection.ts'
import './trace-head.css'

export interface TraceHeadProps {
  readonly trace: TraceDetailJson
  /** Since its start. */
  readonly elapsedMs: number
  readonly selection: Selection
  readonly tree: StepTree
}

/** What the trace is, how it went, and what it took, on two lines. */
export function TraceHead(props: TraceHeadProps) {
  const { trace, selection } = props
  const { retry_count: retryCount, error_count: errorCount } = trace
  return (
    <header className="trace-head">
      <div className="title">
        <BackButton />
        <h1 className="cut">{trace.name}</h1>
        <span className={`status ${trace.status}`}>
          <StatusShape status={trace.status} />
          <span className="words">{formatTraceStatus(trace.status, { retryCount, errorCount })}</span>
        </span>
        <TraceOrigin trace={trace} />
        <SummaryButton selection={selection} />
        <CopyButton icon="link" hotkey="y" text={() => location.href}>
          Copy link
        </CopyButton>
      </div>
      <TraceFigures {...props} />
    </header>
  )
}

/** On a narrow screen what was asked and answered has no place beside the tree. */
function SummaryButton({ selection: { isSummaryOpen, toggleSummary } }: Pick<TraceHeadProps, 'selection'>) {
  return (
    <Button
      className="summary-button"
      icon={isSummaryOpen ? 'traces' : 'said'}
      title={isSummaryOpen ? undefined : 'What was asked and answered'}
      onClick={toggleSummary}
    >
      {isSummaryOpen ? 'Steps' : 'Summary'}
    </Button>
  )
}
