import type { SpanJson } from '@tracellm/core/wire'
import { ValueView } from '../../parts/value-view.tsx'
import { CutBody } from './cut-body.tsx'

export interface ContentPaneProps {
  readonly span: SpanJson
  readonly projectId: string | undefined
}

/** What went in and what came out, where it was no conversation. */
export function ValuesPane({ span, projectId }: ContentPaneProps) {
  return (
    <>
      <Side span={span} projectId={projectId} side="input" title="Input" />
      <Side span={span} projectId={projectId} side="output" title="Output" />
    </>
  )
}

function Side({ span, projectId, side, title }: ContentPaneProps & { side: 'input' | 'output'; title: string }) {
  const truncated = span.truncated.find(({ field }) => field === side)
  return (
    <section className={`content-side ${side}`}>
      <h3>{title}</h3>
      {span[side] === null ? (
        <p className="faint">{span.duration === null && side === 'output' ? 'still to come' : 'not recorded'}</p>
      ) : (
        <CutBody traceId={span.trace_id} projectId={projectId} truncated={truncated} value={span[side]}>
          {(value) => <ValueView value={value} label={title} />}
        </CutBody>
      )}
    </section>
  )
}
