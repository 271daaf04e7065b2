import type { JsonValue } from '@tracellm/core'
import { JsonTree } from './json-tree.tsx'
import { LongText } from './long-text.tsx'

/** A value of any kind: text as text, JSON as a tree. A text that holds JSON is shown as what it holds. */
export function ValueView({ value, label, isCode = false }: { value: JsonValue; label: string; isCode?: boolean }) {
  if (typeof value !== 'string') return <JsonTree value={value} label={label} />
  const held = heldJson(value)
  return held === undefined ? <LongText text={value} isCode={isCode} /> : <JsonTree value={held} label={label} />
}

function heldJson(text: string): JsonValue | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
