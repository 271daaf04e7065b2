import { useMemo } from 'react'
import { addressWith, navigate, usePlace } from '../../router/place.ts'

/** More than these are not remembered: an address has to fit into a request. */
const maxFolds = 400

/** What of a trace is looked at. All of it is in the address, so that a link shows the same. */
export interface Selection {
  readonly spanId: string | undefined
  readonly tab: string | undefined
  readonly folded: ReadonlySet<string>
  readonly projectId: string | undefined
  /** `unfolding` are steps that must not hide it. */
  readonly select: (spanId: string | undefined, unfolding?: readonly string[]) => void
  readonly chooseTab: (tab: string) => void
  readonly toggleFold: (spanId: string) => void
}

export function useSelection(): Selection {
  const place = usePlace()
  const foldText = place.search.get('fold') ?? ''
  const folded = useMemo(() => new Set(foldText === '' ? [] : foldText.split(',')), [foldText])
  const spanId = place.search.get('span') ?? undefined

  return {
    spanId,
    tab: place.search.get('tab') ?? undefined,
    folded,
    projectId: place.search.get('project_id') ?? undefined,
    select(next, unfolding = []) {
      const fold = foldsOf([...folded].filter((id) => !unfolding.includes(id)))
      // Back closes what was opened; it does not go through everything that was looked at.
      navigate(addressWith(place, { span: next, fold }), { replace: spanId !== undefined })
    },
    chooseTab: (tab) => navigate(addressWith(place, { tab }), { replace: true }),
    toggleFold(id) {
      const fold = folded.has(id) ? [...folded].filter((other) => other !== id) : [...folded, id]
      navigate(addressWith(place, { fold: foldsOf(fold) }), { replace: true })
    },
  }
}

function foldsOf(ids: readonly string[]): string | undefined {
  return ids.length === 0 ? undefined : ids.slice(-maxFolds).join(',')
}
