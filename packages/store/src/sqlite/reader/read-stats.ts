import type { StoreStats } from '../../port/queries.ts'
import type { View } from './view.ts'

/**
 * Counts of what the view shows. Those of a project are kept beside it; of one environment the traces are counted anew,
 * and `bodies` are those of the project, since several environments share them.
 */
export function readStats(view: View): Pick<StoreStats, 'traces' | 'spans' | 'bodies' | 'sequence'> {
  const counts = view.environment === undefined ? view.projects : view.projects.map((project) => countOf(view, project))
  const sum = (figure: 'traces' | 'spans' | 'bodies'): number =>
    counts.reduce((total, project) => total + project[figure], 0)
  return {
    traces: sum('traces'),
    spans: sum('spans'),
    bodies: sum('bodies'),
    sequence: view.reader.number(`select value from meta where key = 'sequence'`, {}) ?? 0,
  }
}

function countOf(view: View, project: View['projects'][number]): View['projects'][number] {
  const counted = view.reader
    .prepare(`select count(*) traces, coalesce(sum(spans), 0) spans from trace
              where project = :id and start_us is not null ${view.andEnvironment('env')}`)
    .get({ id: project.id, ...view.parameters })
  return { ...project, ...(counted as unknown as { traces: number; spans: number }) }
}
