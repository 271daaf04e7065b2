import type { SpanJson } from '@tracellm/core/wire'
import { ValueView } from '../../parts/value-view.tsx'
import { CutBody } from './cut-body.tsx'

export interface ContentPaneProps {
  readonly span: SpanJson
  readonly projectId: string | undefined
}

export interface ResultPaneProps extends ContentPaneProps {
  /** What came out is still to come. */
  readonly isAwaited: boolean
}

/** What went in and what came out, where it was no conversation. */
export function ValuesPane(props: ResultPaneProps) {
  return (
    <>
      <Side {...props} isAwaited={false} side="input" title="Input" />
      <Side {...props} side="output" title="Output" />
    </>
  )
}

interface SideProps extends ResultPaneProps {
  readonly side: 'input' | 'output'
  readonly title: string
}

function Side({ span, projectId, isAwaited, side, title }: SideProps) {
  const truncated = span.truncated.find(({ field }) => field === side)
  return (
    <section className={`content-side ${side}`}>
      <h3>{title}</h3>
      {span[side] === null ? (
        <p className="faint">{isAwaited ? 'still to come' : 'not recorded'}</p>
      ) : (
        <CutBody traceId={span.trace_id} projectId={projectId} truncated={truncated} value={span[side]}>
          {(value) => <ValueView value={value} label={title} />}
        </CutBody>
      )}
    </section>
  )
}
