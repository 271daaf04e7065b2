import type { StepJson } from '@tracellm/core/wire'
import type { RefObject } from 'react'
import type { StepTree, TreeRow } from '../../layout/step-tree.ts'
import { useKeys } from '../../parts/use-keys.ts'
import { goToNext, isFailed } from './go-to-next.ts'
import type { Selection } from './use-selection.ts'

export interface TraceKeysParts {
  readonly tree: StepTree
  readonly rows: readonly TreeRow[]
  readonly selection: Selection
  readonly treeElement: RefObject<HTMLDivElement | null>
}

/** The keys of one trace. Whatever moves in the tree gives it the focus, so that it is read aloud. */
export function useTraceKeys({ tree, rows, selection, treeElement }: TraceKeysParts): void {
  const { spanId, select, toggleFold } = selection
  const at = rows.findIndex(({ step }) => step.step_id === spanId)
  const row = rows[at]

  function go(next: TreeRow | undefined) {
    treeElement.current?.focus({ preventScroll: true })
    if (next !== undefined) select(next.step.step_id)
  }

  /** To the parent of what is folded or has nothing below it; else it folds. */
  function foldOrLeave() {
    if (row === undefined) return
    if (row.children > 0 && !row.isFolded) toggleFold(row.step.step_id)
    else go(rows[row.parent])
  }

  function unfoldOrEnter() {
    if (row === undefined || row.children === 0) return
    if (row.isFolded) toggleFold(row.step.step_id)
    else go(rows[at + 1])
  }

  const down = () => go(rows[Math.min(rows.length - 1, at + 1)])
  const up = () => go(rows[Math.max(0, at - 1)])
  useKeys({
    j: down,
    k: up,
    ArrowDown: down,
    ArrowUp: up,
    h: foldOrLeave,
    l: unfoldOrEnter,
    ArrowLeft: foldOrLeave,
    ArrowRight: unfoldOrEnter,
    e: () => goToNext(tree, selection, 1, isFailed),
    E: () => goToNext(tree, selection, -1, isFailed),
    ']': () => goToNext(tree, selection, 1, isModelCall),
    '[': () => goToNext(tree, selection, -1, isModelCall),
  })
}

function isModelCall(step: StepJson): boolean {
  return step.type === 'llm'
}
