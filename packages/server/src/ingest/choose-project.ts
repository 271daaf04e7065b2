import {
  defaultProjectId,
  projectIdOfName,
  type LogEvent,
  type ProjectId,
  type Span,
  type TraceId,
} from '@tracellm/core'
import type { WriteGroup } from '@tracellm/store'

/** What a request says about where its spans belong. */
export interface Routing {
  /** Set by a key: nothing else counts then. */
  readonly fixed?: { readonly projectId: ProjectId; readonly environment?: string }
  /** The project that a request header names. */
  readonly headerProject?: string
}

/** A span with the project that its resource or attributes name. */
export interface RoutedSpan {
  readonly span: Span
  readonly projectName: string | undefined
}

export interface RoutedLogEvent {
  readonly event: LogEvent
  readonly projectName: string | undefined
}

/**
 * Sorts spans and log events into the groups that the store writes.
 *
 * With a key there is one group. Without, each trace goes as one where the header says, else where its first span that
 * names a project says, else to the default project; these are proposals, which the store settles by what it has.
 */
export function chooseProject(
  routing: Routing,
  spans: readonly RoutedSpan[],
  logEvents: readonly RoutedLogEvent[],
): WriteGroup[] {
  if (routing.fixed !== undefined) {
    return [
      {
        ...routing.fixed,
        fixed: true,
        spans: spans.map(({ span }) => span),
        logEvents: logEvents.map(({ event }) => event),
      },
    ]
  }
  const header = projectOf(routing.headerProject)
  const named = header === undefined ? projectOfEachTrace(spans, logEvents) : new Map<TraceId, ProjectId>()
  const groups = new Map<ProjectId, { spans: Span[]; logEvents: LogEvent[] }>()
  for (const { span } of spans) groupOf(groups, header ?? named.get(span.traceId)).spans.push(span)
  for (const { event, projectName } of logEvents) {
    const own = event.traceId === undefined ? projectOf(projectName) : named.get(event.traceId)
    groupOf(groups, header ?? own).logEvents.push(event)
  }
  return [...groups].map(([projectId, group]) => ({ projectId, fixed: false, ...group }))
}

function projectOfEachTrace(
  spans: readonly RoutedSpan[],
  logEvents: readonly RoutedLogEvent[],
): Map<TraceId, ProjectId> {
  const projects = new Map<TraceId, ProjectId>()
  const add = (traceId: TraceId | undefined, name: string | undefined) => {
    const project = projectOf(name)
    if (traceId !== undefined && project !== undefined && !projects.has(traceId)) projects.set(traceId, project)
  }
  for (const { span, projectName } of spans) add(span.traceId, projectName)
  for (const { event, projectName } of logEvents) add(event.traceId, projectName)
  return projects
}

function projectOf(name: string | undefined): ProjectId | undefined {
  return name === undefined ? undefined : projectIdOfName(name)
}

function groupOf<Group>(
  groups: Map<ProjectId, { spans: Group[]; logEvents: LogEvent[] }>,
  projectId: ProjectId = defaultProjectId,
) {
  const group = groups.get(projectId) ?? { spans: [], logEvents: [] }
  groups.set(projectId, group)
  return group
}
