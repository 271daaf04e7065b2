import type { SpanJson, StepJson } from '@tracellm/core/wire'
import type { ReactNode } from 'react'
import { useSpan } from '../../data/use-span.ts'
import { stepTitle, typeWords } from '../../layout/step-title.ts'
import { Button } from '../../parts/button.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { TokenBar } from '../../parts/token-bar.tsx'
import { TypeGlyph } from '../../parts/type-glyph.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { AttributesPane } from './attributes-pane.tsx'
import { CallPane } from './call-pane.tsx'
import { ConversationPane } from './conversation-pane.tsx'
import { DocumentsPane } from './documents-pane.tsx'
import { ErrorBox } from './error-box.tsx'
import { EventsPane } from './events-pane.tsx'
import { RequestPane } from './request-pane.tsx'
import { StepFigures, tokenText } from './step-figures.tsx'
import type { Selection } from './use-selection.ts'
import { ValuesPane } from './values-pane.tsx'
import './span-detail.css'

export interface SpanDetailProps {
  readonly traceId: string
  /** As the tree has it; `undefined` where it does not (yet). */
  readonly step: StepJson | undefined
  readonly spanId: string
  readonly selection: Selection
  /** Of the trace. */
  readonly startUs: number
}

/** What the step that is looked at saw and said, and everything else that is known of it. */
export function SpanDetail({ traceId, step, spanId, selection, startUs }: SpanDetailProps) {
  const { data: span, error, refetch } = useSpan(traceId, spanId, selection.projectId)
  const known = span ?? step
  return (
    <article className="span-detail">
      {known !== undefined && <DetailHead step={known} selection={selection} />}
      {known !== undefined && (
        <div className="figures">
          <StepFigures step={known} span={span} />
        </div>
      )}
      {span === undefined && error !== null && (
        <ProblemNote error={error}>
          <Button onClick={() => void refetch()}>Try again</Button>
        </ProblemNote>
      )}
      {span === undefined && error === null && <ComingSoon />}
      {span !== undefined && <Tabs span={span} selection={selection} startUs={startUs} />}
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

interface Tab {
  readonly id: string
  readonly name: string
  readonly count?: number
  readonly pane: ReactNode
}

function Tabs({ span, selection, startUs }: { span: SpanJson; selection: Selection; startUs: number }) {
  const tabs = tabsOf(span, selection, startUs)
  const chosen = tabs.find(({ id }) => id === selection.tab) ?? tabs[0]!
  const choose = (tab: Tab | undefined) => tab !== undefined && selection.chooseTab(tab.id)
  useKeys(Object.fromEntries(tabs.map((tab, index) => [String(index + 1), () => choose(tab)])))
  return (
    <>
      <div className="tabs" role="tablist" aria-label="Of this step">
        {tabs.map((tab, index) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`tab-${tab.id}`}
            aria-controls="tab-pane"
            aria-selected={tab === chosen}
            tabIndex={tab === chosen ? 0 : -1}
            onClick={() => choose(tab)}
            onKeyDown={(event) => {
              const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
              if (by === undefined) return
              event.preventDefault()
              const next = tabs[(index + by + tabs.length) % tabs.length]!
              choose(next)
              document.getElementById(`tab-${next.id}`)?.focus()
            }}
          >
            {tab.name} {tab.count !== undefined && <small>{tab.count}</small>}
          </button>
        ))}
      </div>
      <div className="pane" role="tabpanel" id="tab-pane" aria-labelledby={`tab-${chosen.id}`}>
        {chosen === tabs[0] && span.status === 'error' && <ErrorBox span={span} />}
        {chosen.pane}
      </div>
    </>
  )
}

/** What there is to see of a step; what came in and went out is first. */
function tabsOf(span: SpanJson, { projectId }: Selection, startUs: number): Tab[] {
  const tabs: Tab[] = [contentTab(span, projectId)]
  if (span.type === 'llm' || span.type === 'embedding') {
    tabs.push({ id: 'request', name: 'Request', pane: <RequestPane span={span} projectId={projectId} /> })
  }
  tabs.push({ id: 'attributes', name: 'Attributes', pane: <AttributesPane span={span} /> })
  if (span.events.length > 0) {
    const pane = <EventsPane events={span.events} startUs={startUs} />
    tabs.push({ id: 'events', name: 'Events', count: span.events.length, pane })
  }
  return tabs
}

function contentTab(span: SpanJson, projectId: string | undefined): Tab {
  if (span.messages.length > 0) {
    const pane = <ConversationPane span={span} projectId={projectId} />
    return { id: 'conversation', name: 'Conversation', count: span.messages.length, pane }
  }
  if (span.type === 'tool') {
    return { id: 'call', name: 'Call and result', pane: <CallPane span={span} projectId={projectId} /> }
  }
  const documents = span.retrieval?.documents ?? []
  if (documents.length > 0) {
    return { id: 'documents', name: 'Documents', count: documents.length, pane: <DocumentsPane span={span} /> }
  }
  return { id: 'values', name: 'Input and output', pane: <ValuesPane span={span} projectId={projectId} /> }
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
