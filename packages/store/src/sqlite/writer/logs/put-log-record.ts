import type { DraftBatch, LogDraft } from '../../../sink/draft.ts'
import type { BatchBodies } from '../batch-bodies.ts'
import type { ProjectEntry } from '../project-rows.ts'
import type { TraceEntry } from '../trace-entry.ts'
import type { WriterMemory } from '../writer-memory.ts'

/** Where the log record of a batch goes. */
export interface LogPlace {
  readonly project: ProjectEntry
  /** The trace that it names. */
  readonly entry: TraceEntry | undefined
  /** That of the trace, else of whoever sent it. */
  readonly keyEnvironment: string | undefined
  /** Number of its resource. */
  readonly resource: number
}

/** The call that a record is about which names neither trace nor session: by nothing else is it found. */
export function soughtCallOf({ traceId, sessionId, callKey }: LogDraft): number | undefined {
  return traceId === undefined && sessionId === undefined ? callKey : undefined
}

/** Stores a record that is new, under a number of its own, by which it owns what it brings. */
export function putLogRecord(
  { logs, calls, counters, bodies: chunks }: WriterMemory,
  { bytes }: DraftBatch,
  bodies: BatchBodies,
  draft: LogDraft,
  { project, entry, keyEnvironment, resource }: LogPlace,
): void {
  const callKey = soughtCallOf(draft)
  if (callKey !== undefined) calls.want(project.id, callKey)
  const id = counters.take('trace')
  const begun = bodies.store({ tid: id, project, uses: new Set() }, draft.refs)
  const rest = bytes.subarray(...draft.rest)
  const owner = keyEnvironment === undefined ? '' : `"keyEnvironment":${JSON.stringify(keyEnvironment)},`
  logs.add({
    id,
    project: project.id,
    tid: entry?.tid,
    digest: draft.digest,
    sessionId: draft.sessionId,
    callKey,
    facts: `{"record":{${owner}${draft.record.slice(1)},"refs":${begun === '' ? '{}' : begun.slice('{"refs":'.length)}}`,
    entry: chunks.addDetail(id, rest, rest.length),
    resource,
  })
}
