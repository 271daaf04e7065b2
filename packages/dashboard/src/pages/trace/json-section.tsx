import type { JsonValue } from '@tracellm/core'
import { jsonSize } from '../../layout/json-entries.ts'
import { JsonTree } from '../../parts/json-tree.tsx'
import { PaneSection } from './pane-section.tsx'

export interface JsonSectionProps {
  readonly title: string
  readonly value: JsonValue
  /** What stands there when there is nothing inside (nothing, nor the title). */
  readonly ifEmpty?: string
}

/** A part of a pane that is a JSON value under its title. */
export function JsonSection({ title, value, ifEmpty }: JsonSectionProps) {
  const isEmpty = jsonSize(value) === 0
  if (isEmpty && ifEmpty === undefined) return null
  return (
    <PaneSection title={title}>
      {isEmpty ? <p className="faint">{ifEmpty}</p> : <JsonTree value={value} label={title} />}
    </PaneSection>
  )
}
