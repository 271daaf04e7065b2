import { Skeleton } from '../../parts/skeleton.tsx'
import './trace-list.css'
import './trace-row.css'
import './trace-list-skeleton.css'

/** The grid of the list, before there is anything to put in; not at all when that comes at once. */
export function TraceListSkeleton() {
  return (
    <div className="trace-list skeleton-list" aria-busy="true" aria-label="Traces are coming">
      {Array.from({ length: 14 }, (_, row) => (
        <div key={row} className="trace-row">
          <span className="status" />
          <span className="what">
            <Skeleton width={140 + ((row * 73) % 260)} />
          </span>
          <span className="model">
            <Skeleton width={90 + ((row * 31) % 50)} />
          </span>
          <span className="time">
            <Skeleton width={48} />
          </span>
          <span className="tokens" />
          <span className="cost">
            <Skeleton width={52} />
          </span>
        </div>
      ))}
    </div>
  )
}
