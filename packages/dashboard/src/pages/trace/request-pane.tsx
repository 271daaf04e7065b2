import type { JsonObject, JsonValue } from '@tracellm/core'
import { formatBytes } from '@tracellm/core/format'
import { jsonSize } from '../../layout/json-entries.ts'
import { JsonTree } from '../../parts/json-tree.tsx'
import { CutBody } from './cut-body.tsx'
import { JsonSection } from './json-section.tsx'
import { PaneSection } from './pane-section.tsx'
import type { ContentPaneProps } from './values-pane.tsx'

/** What was asked of the model beside the conversation: which model, how, and with which tools. */
export function RequestPane({ span, projectId }: ContentPaneProps) {
  const { tools } = span
  const call = known({
    provider: span.provider,
    request_model: span.request_model,
    response_model: span.response_model,
    response_id: span.response_id,
    finish_reasons: span.finish_reasons,
  })
  const truncated = span.truncated.find(({ field }) => field === 'tools')
  return (
    <>
      <JsonSection title="Call" value={call} ifEmpty="not recorded" />
      <JsonSection title="Parameters" value={span.params} />
      <JsonSection title="Usage" value={known(span.usage ?? {})} />
      <JsonSection title="Cost" value={known(span.cost ?? {})} />
      {tools !== null && (
        <PaneSection title="Tools offered" about={formatBytes(tools.bytes)}>
          <CutBody traceId={span.trace_id} projectId={projectId} truncated={truncated} value={tools.definitions}>
            {(definitions) => <JsonTree value={byName(definitions)} label="Tools offered" isOpen={false} />}
          </CutBody>
        </PaneSection>
      )}
    </>
  )
}

/** Without what is unknown: nulls, and what has nothing inside. */
function known(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isKnown(value)))
}

function isKnown(value: JsonValue): boolean {
  return value !== null && (typeof value !== 'object' || jsonSize(value) > 0)
}

/** A list of tools by their names, where all of them have one; else as it is. */
function byName(definitions: JsonValue): JsonValue {
  if (!Array.isArray(definitions)) return definitions
  const named = definitions.map((tool) => [tool?.name ?? tool?.function?.name, tool] as const)
  return named.every(([name]) => typeof name === 'string') ? Object.fromEntries(named) : definitions
}
