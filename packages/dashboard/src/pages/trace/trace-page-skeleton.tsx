import type { TraceJson } from '@tracellm/core/wire'
import { BackButton } from '../../parts/back-button.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { StatusShape } from '../../parts/status-shape.tsx'
import { Guides } from './guides.tsx'
import './span-row.css'
import './span-tree.css'
import './trace-head.css'
import './trace-page.css'

/** What the list knows already, over the grid of what is coming. */
export function TracePageSkeleton({ listed }: { listed: TraceJson | undefined }) {
  return (
    <div className="trace-page" aria-busy="true">
      <header className="trace-head">
        <div className="title">
          <BackButton />
          <h1 className="cut">{listed?.name ?? 'Trace'}</h1>
          {listed !== undefined && <StatusShape status={listed.status} />}
          <span className="origin cut">{listed === undefined ? '' : 'known from the list; its steps are coming'}</span>
        </div>
        <dl>
          <div>
            <Skeleton width={320} />
          </div>
        </dl>
      </header>
      <div className="span-tree">
        <div className="head" />
        <div className="rows">
          <div className="all">
            {Array.from({ length: 18 }, (_, row) => (
              <div key={row} className="span-row" style={{ transform: `translateY(calc(${row} * var(--row-tree)))` }}>
                <Guides level={2 + ((row * 5) % 3)} />
                <Skeleton width={80 + ((row * 53) % 110)} />
              </div>
            ))}
          </div>
        </div>
      </div>
      <aside className="detail" />
    </div>
  )
}
