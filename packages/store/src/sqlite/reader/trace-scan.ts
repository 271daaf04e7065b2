import type { TraceCursor } from './cursor.ts'
import { rareTraces, type TraceConditions } from './trace-conditions.ts'
import { joinTraceText, traceColumns, type TraceRecord } from './trace-rows.ts'
import type { View, ViewedProject } from './view.ts'

/** What is walked, newest first, to find traces: the rows of a label, or an index of `trace`. */
type Driver = 'label' | 'trace_list' | (typeof rareTraces)[keyof typeof rareTraces]['index']

/** One statement's worth of a scan. The stretches of a scan follow each other, newest first, and do not overlap. */
interface Stretch {
  readonly driver: Driver
  readonly lowUs: number
  readonly highUs: number
}

/** How one project's traces that meet the conditions are found. */
export interface TraceScan {
  readonly stretches: readonly Stretch[]
  /** Set where the bound cut the scan off: traces that started before it were not looked at. */
  readonly stoppedAtUs: number | undefined
}

/**
 * Chooses what to walk for one project.
 *
 * Equality filters have rows of their own, in order of start. With a second condition each of them costs a look at its
 * trace, which is quick as long as there are few or most of them match. So only the first of them are walked; where
 * that was not enough the rest is scanned in the covering index, where a row costs a fifteenth.
 *
 * ```
 * newest                                                                    oldest
 *   |-- 2,000 rows of the label ---|------ all traces, by the index ------|
 * ```
 * @param highUs the newest start that is asked for
 */
export function planScan(view: View, project: ViewedProject, conditions: TraceConditions, highUs: number): TraceScan {
  const { lowUs, labels, rare, onColumns } = conditions
  const label = labels[0]
  if (label === undefined || rare === 'running') return planIndexScan(view, project, conditions, highUs)

  const hasMore = labels.length > 1 || rare !== undefined || onColumns.length > 0
  const floorUs = hasMore ? startOfNthLabelRow(view, project, label, { lowUs, highUs }) : undefined
  if (floorUs === undefined) return { stretches: [{ driver: 'label', lowUs, highUs }], stoppedAtUs: undefined }
  const rest = planIndexScan(view, project, conditions, floorUs - 1)
  return { ...rest, stretches: [{ driver: 'label', lowUs: floorUs, highUs }, ...rest.stretches] }
}

function planIndexScan(view: View, project: ViewedProject, conditions: TraceConditions, highUs: number): TraceScan {
  const { lowUs, labels, rare, onColumns } = conditions
  const driver = rare === undefined ? 'trace_list' : rareTraces[rare].index
  const mayFindNothing = labels.length > 0 || onColumns.length > 0
  const mayLookAtTooMany = mayFindNothing && project.traces > view.reader.limits.rows
  const lastUs = mayLookAtTooMany ? startOfLastRowLookedAt(view, project, conditions, highUs) : undefined
  if (lastUs === undefined || lastUs <= lowUs) return { stretches: [{ driver, lowUs, highUs }], stoppedAtUs: undefined }
  return { stretches: [{ driver, lowUs: lastUs, highUs }], stoppedAtUs: lastUs }
}

/** At most `limit` traces of one stretch, newest first, behind the cursor. */
export function readStretch(
  view: View,
  project: ViewedProject,
  conditions: TraceConditions,
  stretch: Stretch,
  limit: number,
  cursor: TraceCursor | undefined,
): readonly TraceRecord[] {
  const { from, where, parameters } = clauses(project, conditions, stretch)
  const behindCursor =
    cursor === undefined
      ? ''
      : `and (t.start_us < :cursorUs or t.trace_id < unhex(:cursorTraceId)
              or (t.trace_id = unhex(:cursorTraceId) and :isBehind))`
  const startUs = stretch.driver === 'label' ? 'l.start_us' : 't.start_us'
  const statement = view.reader.prepare(`
    select ${traceColumns} from ${from} ${joinTraceText} where ${where} ${behindCursor}
    order by ${startUs} desc, t.trace_id desc limit :limit`)
  const behind = cursor && {
    cursorUs: cursor.startUs,
    cursorTraceId: cursor.traceId,
    isBehind: project.projectId < cursor.projectId ? 1 : 0,
  }
  return statement.all({ ...parameters, ...behind, limit }) as unknown as readonly TraceRecord[]
}

/** How many traces of one stretch meet the conditions, counted up to `limit`. */
export function countStretch(
  view: View,
  project: ViewedProject,
  conditions: TraceConditions,
  stretch: Stretch,
  limit: number,
): number {
  const { from, where, parameters, needsTrace } = clauses(project, conditions, stretch)
  const rows = `select 1 from ${needsTrace ? from : 'trace_label l'} where ${where} limit :limit`
  return view.reader.number(`select count(*) from (${rows})`, { ...parameters, limit }) ?? 0
}

function clauses(project: ViewedProject, conditions: TraceConditions, { driver, lowUs, highUs }: Stretch) {
  const { labels, rare, onColumns } = conditions
  const isLabel = driver === 'label'
  const row = isLabel ? 'l' : 't'
  const others = labels
    .map((_, index) => index)
    .slice(isLabel ? 1 : 0)
    .map(
      (index) => `exists (select 1 from trace_label where project = :project and label = :label${index}
                             and start_us = t.start_us and tid = t.id)`,
    )
  const needsTrace = !isLabel || others.length > 0 || rare !== undefined || onColumns.length > 0
  return {
    from: isLabel ? `trace_label l cross join trace t on t.id = l.tid` : `trace t indexed by ${driver}`,
    where: [
      `${row}.project = :project and ${row}.start_us between :lowUs and :highUs`,
      ...(isLabel ? ['l.label = :label0'] : []),
      ...(rare === undefined ? [] : [rareTraces[rare].condition]),
      ...onColumns,
      ...others,
    ].join(' and '),
    needsTrace,
    parameters: {
      ...conditions.parameters,
      ...Object.fromEntries(labels.map((label, index) => [`label${index}`, label])),
      project: project.id,
      lowUs,
      highUs,
    },
  }
}

function startOfNthLabelRow(
  view: View,
  project: ViewedProject,
  label: number,
  range: { lowUs: number; highUs: number },
): number | undefined {
  return view.reader.number(
    `select start_us from trace_label where project = :project and label = :label and start_us between :lowUs and :highUs
     order by start_us desc limit 1 offset :skipped`,
    { project: project.id, label, ...range, skipped: view.reader.limits.labelRows },
  )
}

function startOfLastRowLookedAt(
  view: View,
  project: ViewedProject,
  { rare }: TraceConditions,
  highUs: number,
): number | undefined {
  const { index, condition } = rare === undefined ? { index: 'trace_list', condition: 'true' } : rareTraces[rare]
  return view.reader.number(
    `select t.start_us from trace t indexed by ${index}
     where t.project = :project and t.start_us <= :highUs and ${condition}
     order by t.start_us desc limit 1 offset :skipped`,
    { project: project.id, highUs, skipped: view.reader.limits.rows - 1 },
  )
}
