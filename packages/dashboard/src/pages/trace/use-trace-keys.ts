import type { RefObject } from 'react'
import { findStep, stepsAbove } from '../../layout/find-step.ts'
import type { StepTree, TreeRow } from '../../layout/step-tree.ts'
import { useKeys } from '../../parts/use-keys.ts'
import type { StepJson } from '@tracellm/core/wire'
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

  function goToNext(by: 1 | -1, holds: (step: StepJson) => boolean) {
    const found = findStep(tree, spanId, by, holds)
    if (found !== undefined) select(found, stepsAbove(tree, found))
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
    e: () => goToNext(1, isFailed),
    E: () => goToNext(-1, isFailed),
    ']': () => goToNext(1, isModelCall),
    '[': () => goToNext(-1, isModelCall),
  })
}

function isFailed(step: StepJson): boolean {
  return step.status === 'error'
}

function isModelCall(step: StepJson): boolean {
  return step.type === 'llm'
}
