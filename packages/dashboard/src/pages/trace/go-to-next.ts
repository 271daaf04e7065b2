import type { StepJson } from '@tracellm/core/wire'
import { findStep, stepsAbove } from '../../layout/find-step.ts'
import type { StepTree } from '../../layout/step-tree.ts'
import type { Selection } from './use-selection.ts'

/** Selects the next step that holds, or with `by` -1 the one before, and unfolds what hides it. */
export function goToNext(
  tree: StepTree,
  { spanId, select }: Selection,
  by: 1 | -1,
  holds: (step: StepJson) => boolean,
): void {
  const found = findStep(tree, spanId, by, holds)
  if (found !== undefined) select(found, stepsAbove(tree, found))
}

export function isFailed(step: StepJson): boolean {
  return step.status === 'error'
}
