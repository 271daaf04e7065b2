import type { TraceJson } from '@tracellm/core/wire'
import { useState } from 'react'
import { heldRows, type HeldRows } from '../../layout/held-rows.ts'

/** The rows to show: those there are, or while held those that were shown, with how many wait. */
export function useHeldRows(
  current: readonly TraceJson[],
  isHeld: boolean,
): HeldRows & { readonly showNew: () => void } {
  const [shown, setShown] = useState<readonly TraceJson[]>()
  if (isHeld && shown === undefined) setShown(current)
  if (!isHeld && shown !== undefined) setShown(undefined)
  const held = shown === undefined ? { rows: current, newCount: 0 } : heldRows(shown, current)
  return { ...held, showNew: () => setShown(current) }
}
