import type { CSSProperties } from 'react'

/** Stands left of a step: a line for each level above, as far apart as the tree leaves room for. */
export function Guides({ level }: { level: number }) {
  return <span className="guides" style={{ '--above': level - 1 } as CSSProperties} />
}
