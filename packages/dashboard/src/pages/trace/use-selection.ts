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
  /** Whether, where there is room for one thing, what was asked and answered lies over the tree. */
  readonly isSummaryOpen: boolean
  readonly toggleSummary: () => void
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
  const isSummaryOpen = spanId === undefined && place.search.get('view') === 'summary'
  // Back closes what was opened; it does not go through everything that was looked at.
  const replace = spanId !== undefined || isSummaryOpen

  return {
    spanId,
    tab: place.search.get('tab') ?? undefined,
    folded,
    projectId: place.search.get('project_id') ?? undefined,
    isSummaryOpen,
    toggleSummary() {
      const view = isSummaryOpen ? undefined : 'summary'
      navigate(addressWith(place, { span: undefined, view }), { replace })
    },
    select(next, unfolding = []) {
      const fold = foldsOf([...folded].filter((id) => !unfolding.includes(id)))
      navigate(addressWith(place, { span: next, fold, view: undefined }), { replace })
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
