import type { JsonValue } from '@tracellm/core'
import { jsonSize } from '../../layout/json-entries.ts'
import { JsonTree } from '../../parts/json-tree.tsx'
import { PaneSection } from './pane-section.tsx'

/** A part of a pane that is a JSON value under its title; nothing where there is nothing inside. */
export function JsonSection({ title, value }: { title: string; value: JsonValue }) {
  if (jsonSize(value) === 0) return null
  return (
    <PaneSection title={title}>
      <JsonTree value={value} label={title} />
    </PaneSection>
  )
}
