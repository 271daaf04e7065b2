import { ToolCard } from '../../parts/tool-card.tsx'
import { CutBody } from './cut-body.tsx'
import type { ResultPaneProps } from './values-pane.tsx'

/** What a tool was asked and what it gave, in one card. */
export function CallPane({ span, projectId, isAwaited }: ResultPaneProps) {
  const cut = (side: string) => span.truncated.find(({ field }) => field === side)
  const place = { traceId: span.trace_id, projectId }
  return (
    <section className="call-pane">
      {typeof span.tool?.description === 'string' && <p className="dim">{span.tool.description}</p>}
      <CutBody {...place} truncated={cut('input')} value={span.input}>
        {(args) => (
          <CutBody {...place} truncated={cut('output')} value={span.output}>
            {(result) => (
              <ToolCard
                name={span.tool_name ?? span.name}
                args={args}
                result={isAwaited && result === null ? undefined : result}
                isError={span.status === 'error'}
              />
            )}
          </CutBody>
        )}
      </CutBody>
    </section>
  )
}
