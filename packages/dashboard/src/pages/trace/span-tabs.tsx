import type { SpanJson } from '@tracellm/core/wire'
import type { KeyboardEvent, ReactNode } from 'react'
import { useKeys } from '../../parts/use-keys.ts'
import { AttributesPane } from './attributes-pane.tsx'
import { CallPane } from './call-pane.tsx'
import { ConversationPane } from './conversation-pane.tsx'
import { DocumentsPane } from './documents-pane.tsx'
import { ErrorBox } from './error-box.tsx'
import { EventsPane } from './events-pane.tsx'
import { RequestPane } from './request-pane.tsx'
import type { Selection } from './use-selection.ts'
import { ValuesPane } from './values-pane.tsx'

interface Tab {
  readonly id: string
  readonly name: string
  readonly count?: number
  readonly pane: ReactNode
}

export interface SpanTabsProps {
  readonly span: SpanJson
  readonly selection: Selection
  /** Of the trace. */
  readonly startUs: number
  readonly isRunning: boolean
}

/** What there is to see of a step, one pane at a time. */
export function SpanTabs(props: SpanTabsProps) {
  const { span, selection } = props
  const tabs = tabsOf(props)
  const chosenAt = Math.max(
    0,
    tabs.findIndex(({ id }) => id === selection.tab),
  )
  const chosen = tabs[chosenAt]!
  useKeys(Object.fromEntries(tabs.map(({ id }, index) => [String(index + 1), () => selection.chooseTab(id)])))

  function goToNeighbour(event: KeyboardEvent) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    const { id } = tabs[(chosenAt + by + tabs.length) % tabs.length]!
    selection.chooseTab(id)
    document.getElementById(`tab-${id}`)?.focus()
  }

  return (
    <>
      <div className="tabs" role="tablist" aria-label="Of this step">
        {tabs.map(({ id, name, count }, index) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-controls="tab-pane"
            aria-selected={index === chosenAt}
            tabIndex={index === chosenAt ? 0 : -1}
            onClick={() => selection.chooseTab(id)}
            onKeyDown={goToNeighbour}
          >
            {name} {count !== undefined && <small>{count}</small>}
          </button>
        ))}
      </div>
      <div className="pane" role="tabpanel" id="tab-pane" tabIndex={0} aria-labelledby={`tab-${chosen.id}`}>
        {chosenAt === 0 && span.status === 'error' && <ErrorBox span={span} />}
        {chosen.pane}
      </div>
    </>
  )
}

/** What came in and went out is first. */
function tabsOf({ span, selection: { projectId }, startUs, isRunning }: SpanTabsProps): Tab[] {
  const tabs: Tab[] = [contentTab(span, projectId, isRunning)]
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

function contentTab(span: SpanJson, projectId: string | undefined, isRunning: boolean): Tab {
  const given = { span, projectId, isAwaited: isRunning && span.duration === null }
  if (span.messages.length > 0) {
    const pane = <ConversationPane span={span} projectId={projectId} />
    return { id: 'conversation', name: 'Conversation', count: span.messages.length, pane }
  }
  if (span.type === 'tool') {
    return { id: 'call', name: 'Call and result', pane: <CallPane {...given} /> }
  }
  const documents = span.retrieval?.documents ?? []
  if (documents.length > 0) {
    return { id: 'documents', name: 'Documents', count: documents.length, pane: <DocumentsPane span={span} /> }
  }
  return { id: 'values', name: 'Input and output', pane: <ValuesPane {...given} /> }
}
