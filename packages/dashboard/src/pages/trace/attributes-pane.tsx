import type { SpanJson } from '@tracellm/core/wire'
import { JsonSection } from './json-section.tsx'
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
      <JsonSection title="Span" value={place} />
      <JsonSection title="Attributes" value={span.attributes} />
      <JsonSection title="Resource" value={resource.attributes} />
      {links.length > 0 && (
        <JsonSection title="Links" value={Object.fromEntries(links.map((link) => [link.span_id, { ...link }]))} />
      )}
      {span.used_keys.length > 0 && (
        <PaneSection title="Told elsewhere" about={`${span.used_keys.length} attributes`}>
          <p className="keys">{span.used_keys.join(', ')}</p>
        </PaneSection>
      )}
    </>
  )
}
