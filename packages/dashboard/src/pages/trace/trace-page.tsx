import { ClientError } from '@tracellm/client'
import { parseIsoTime } from '@tracellm/core'
import type { StepJson, TraceDetailJson } from '@tracellm/core/wire'
import { useMemo, useRef } from 'react'
import { useData } from '../../data/data.tsx'
import { stepsOf } from '../../data/trace-steps.ts'
import { useNow } from '../../data/use-now.ts'
import { listedTrace, useTrace } from '../../data/use-trace.ts'
import { idleGaps } from '../../layout/idle-gaps.ts'
import { stepTree, visibleRows } from '../../layout/step-tree.ts'
import { timeScale } from '../../layout/time-scale.ts'
import { Button } from '../../parts/button.tsx'
import { PageBoundary } from '../../parts/page-boundary.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { Link } from '../../router/link.tsx'
import { addressWith, goBackTo, usePlace } from '../../router/place.ts'
import type { PageProps } from '../../routes.tsx'
import { useTitle } from '../use-title.ts'
import { SpanDetail } from './span-detail.tsx'
import { SpanTree } from './span-tree.tsx'
import { TraceHead } from './trace-head.tsx'
import { TracePageSkeleton } from './trace-page-skeleton.tsx'
import { TraceSummary } from './trace-summary.tsx'
import { useSelection, type Selection } from './use-selection.ts'
import { useTraceKeys } from './use-trace-keys.ts'
import './trace-page.css'

/** Where did time and money go, and what broke? One trace as a tree, with the step that is looked at beside it. */
export function TracePage({ id: traceId }: PageProps) {
  const { queries } = useData()
  const selection = useSelection()
  const { data, error, refetch } = useTrace(traceId, selection.projectId)
  const listed = useMemo(() => listedTrace(queries, traceId), [queries, traceId])
  const head = data?.pages[0]
  useTitle(head?.name ?? listed?.name ?? 'Trace')
  const isOpen = selection.spanId !== undefined || selection.isSummaryOpen
  useKeys({ Escape: () => (isOpen ? selection.select(undefined) : goBackTo('/traces')) })

  if (head === undefined && error !== null) {
    return (
      <ProblemNote error={error}>
        <ProjectsToChoose error={error} />
        <Button onClick={() => void refetch()}>Try again</Button>
      </ProblemNote>
    )
  }
  if (data === undefined || head === undefined) return <TracePageSkeleton listed={listed} />
  return <LoadedTrace trace={head} pages={data.pages} isComplete={data.pages.at(-1)!.next_cursor === null} />
}

interface LoadedTraceProps {
  readonly trace: TraceDetailJson
  readonly pages: readonly TraceDetailJson[]
  readonly isComplete: boolean
}

function LoadedTrace({ trace, pages, isComplete }: LoadedTraceProps) {
  const selection = useSelection()
  const steps = useMemo(() => stepsOf(pages), [pages])
  const tree = useMemo(() => stepTree(steps), [steps])
  const rows = useMemo(() => visibleRows(tree, selection.folded), [tree, selection.folded])
  const isRunning = trace.status === 'running'
  const nowUs = useNow(isRunning ? 1000 : undefined)
  const startUs = parseIsoTime(trace.started_at) ?? nowUs
  const elapsedMs = Math.max(0, (nowUs - startUs) / 1000)
  const endMs = useMemo(() => Math.max(trace.latency ?? elapsedMs, lastEndMs(steps)), [trace.latency, elapsedMs, steps])
  // Until all steps are there, the rest of them would look like a wait at the end.
  const isWhole = isComplete && trace.latency !== null
  const scale = useMemo(() => timeScale(idleGaps(steps, endMs, isWhole), endMs), [steps, endMs, isWhole])
  const treeElement = useRef<HTMLDivElement>(null)
  useTraceKeys({ tree, rows, selection, treeElement })

  return (
    <div className={pageClass(selection)}>
      <TraceHead trace={trace} elapsedMs={elapsedMs} selection={selection} tree={tree} />
      <SpanTree
        ref={treeElement}
        rows={rows}
        levels={tree.levels}
        scale={scale}
        elapsedMs={isRunning ? elapsedMs : undefined}
        selection={selection}
        loaded={isComplete ? undefined : { steps: steps.length, of: trace.span_count }}
      />
      <aside className="detail" aria-label={selection.spanId === undefined ? 'The trace' : 'Selected step'}>
        <PageBoundary key={selection.spanId}>
          {selection.spanId === undefined ? (
            <TraceSummary trace={trace} steps={steps} selection={selection} />
          ) : (
            <SpanDetail
              traceId={trace.trace_id}
              spanId={selection.spanId}
              step={steps.find((step) => step.step_id === selection.spanId)}
              selection={selection}
              startUs={startUs}
              isRunning={isRunning}
            />
          )}
        </PageBoundary>
      </aside>
    </div>
  )
}

/** What of it lies over the tree where there is room for one of them. */
function pageClass({ spanId, isSummaryOpen }: Selection): string {
  if (spanId !== undefined) return 'trace-page with-detail with-span'
  return isSummaryOpen ? 'trace-page with-detail' : 'trace-page'
}

/** Where an id is known in several projects, one of them is meant. */
function ProjectsToChoose({ error }: { error: Error }) {
  const place = usePlace()
  const ids = error instanceof ClientError ? error.problem['project_ids'] : undefined
  if (!Array.isArray(ids)) return null
  return (
    <ul>
      {ids.map((id: string) => (
        <li key={id}>
          <Link className="link" href={addressWith(place, { project_id: id })}>
            {id}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function lastEndMs(steps: readonly StepJson[]): number {
  return steps.reduce((latest, { offset, duration }) => Math.max(latest, offset + (duration ?? 0)), 0)
}
