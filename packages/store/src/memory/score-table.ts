import type { Score } from '@tracellm/core'
import type { KeptTrace } from './kept-trace.ts'

/** Scores; an id is unique within its project. */
export class ScoreTable {
  readonly #scores = new Map<string, { readonly kept: KeptTrace; readonly score: Score }>()

  put(kept: KeptTrace, score: Score): void {
    this.#scores.set(`${kept.projectId} ${score.scoreId}`, { kept, score })
  }

  /** Oldest first. */
  of(kept: KeptTrace): Score[] {
    return [...this.#scores.values()]
      .flatMap((entry) => (entry.kept === kept ? [entry.score] : []))
      .toSorted((one, other) => one.createdUs - other.createdUs || (one.scoreId < other.scoreId ? -1 : 1))
  }

  deleteOf(kept: KeptTrace): void {
    for (const [key, entry] of this.#scores) if (entry.kept === kept) this.#scores.delete(key)
  }
}
