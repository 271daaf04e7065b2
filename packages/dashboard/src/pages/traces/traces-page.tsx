import { formatCount } from '@tracellm/core/format'
import { useMemo } from 'react'
import { readTraceFilter } from '../../data/trace-filter.ts'
import { useTraces } from '../../data/use-traces.ts'
import { filterTerms } from '../../layout/filter-terms.ts'
import { Button } from '../../parts/button.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { Link } from '../../router/link.tsx'
import { addressWith, usePlace } from '../../router/place.ts'
import { useTitle } from '../use-title.ts'
import { FilterLine } from './filter-line.tsx'
import { FirstRun } from './first-run.tsx'
import { TraceList } from './trace-list.tsx'
import { TraceListSkeleton } from './trace-list-skeleton.tsx'
import './traces-page.css'

/** Where is the one I mean? All traces that match, the newest first. */
export function TracesPage() {
  useTitle('Traces')
  const place = usePlace()
  const filterText = place.search.toString()
  const filter = useMemo(() => readTraceFilter(new URLSearchParams(filterText)), [filterText])
  const { data, error, isPending, isFetching, isFetchNextPageError, refetch, hasNextPage, fetchNextPage } =
    useTraces(filter)
  const traces = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  const first = data?.pages[0]
  const isFiltered = filterTerms(filter).length > 0

  if (first !== undefined && traces.length === 0 && !isFiltered) return <FirstRun />
  return (
    <>
      <header className="traces-head">
        <h1 className="spoken">Traces</h1>
        <FilterLine filter={filter} traces={traces} place={place} total={first && totalText(first)} />
      </header>
      {isPending && <TraceListSkeleton />}
      {first === undefined && error !== null && (
        <ProblemNote error={error}>
          <Button onClick={() => void refetch()}>Try again</Button>
        </ProblemNote>
      )}
      {first !== undefined && traces.length === 0 && <NothingMatches />}
      {traces.length > 0 && (
        <TraceList
          key={filterText}
          filter={filterText}
          traces={traces}
          total={first!.total}
          hasMore={hasNextPage}
          loadMore={() => {
            // What could not be loaded is asked for again once the list itself has been.
            if (!isFetching && !isFetchNextPageError) void fetchNextPage()
          }}
        />
      )}
    </>
  )
}

/** Which filter leaves nothing cannot be told from here, so each can be dropped. */
function NothingMatches() {
  const place = usePlace()
  const terms = filterTerms(readTraceFilter(place.search))
  return (
    <div className="nothing-matches">
      <h2>No trace matches</h2>
      <p className="dim">New ones that do appear here as they come.</p>
      <p>
        {terms.map(({ parameter, name, value }) => (
          <Link key={parameter} className="link" href={addressWith(place, { [parameter]: undefined })}>
            without {name}:{value}
          </Link>
        ))}
        {terms.length > 1 && (
          <Link className="link" href="/traces">
            all traces
          </Link>
        )}
      </p>
    </div>
  )
}

function totalText({ total, total_is_exact: isExact }: { total: number; total_is_exact: boolean }): string {
  const count = isExact ? formatCount(total) : `over ${formatCount(total)}`
  return total === 1 ? '1 trace' : `${count} traces`
}
