import type { JsonObject } from '@tracellm/core'
import type { SpanJson } from '@tracellm/core/wire'
import { JsonTree } from '../../parts/json-tree.tsx'
import { PaneSection } from './pane-section.tsx'

/** Everything that the client sent and no other place tells, as it was sent. */
export function AttributesPane({ span }: { span: SpanJson }) {
  const { scope, resource, links } = span
  const place = {
    span_id: span.step_id,
    parent_id: span.parent_id,
    name: span.original_name ?? span.name,
    kind: span.kind,
    started_at: span.started_at,
    ended_at: span.ended_at,
    scope: [scope.name, scope.version].filter((text) => text !== null).join(' ') || null,
    read_as: span.dialects,
  }
  return (
    <>
      <Section title="Span" value={place} />
      <Section title="Attributes" value={span.attributes} />
      <Section title="Resource" value={resource.attributes} />
      {links.length > 0 && (
        <Section title="Links" value={Object.fromEntries(links.map((link) => [link.span_id, { ...link }]))} />
      )}
      {span.used_keys.length > 0 && (
        <PaneSection title="Told elsewhere" about={`${span.used_keys.length} attributes`}>
          <p className="keys">{span.used_keys.join(', ')}</p>
        </PaneSection>
      )}
    </>
  )
}

function Section({ title, value }: { title: string; value: JsonObject }) {
  if (Object.keys(value).length === 0) return null
  return (
    <PaneSection title={title}>
      <JsonTree value={value} label={title} />
    </PaneSection>
  )
}
