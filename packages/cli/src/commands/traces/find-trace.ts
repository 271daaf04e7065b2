import { isTraceId, TraceLLMError } from '@tracellm/core'
import type { TraceJson } from '@tracellm/core/wire'
import type { Client } from '@tracellm/client'

/** How far back the start of an id is looked for. */
const recentTraces = 1000
const pageSize = 200

/**
 * The whole id for what was typed: the start of an id will do where it is that of one recent trace only.
 * @throws TraceLLMError `TL_TRACE_NOT_FOUND`, `TL_USAGE` when it is the start of several.
 */
export async function findTraceId(client: Client, typed: string, projectId: string | undefined): Promise<string> {
  const start = typed.toLowerCase()
  if (isTraceId(start)) return start
  if (!/^[0-9a-f]{1,32}$/.test(start)) {
    throw new TraceLLMError('TL_TRACE_NOT_FOUND', `"${typed}" is no trace id, nor the start of one.`, {
      fix: 'Take an id from `tracellm traces`.',
    })
  }
  const found = await findByStart(client, start, projectId)
  const ids = [...new Set(found.map((trace) => trace.trace_id))]
  if (ids.length === 1) return ids[0]!
  if (ids.length > 1) throw ambiguous(start, found)
  throw new TraceLLMError('TL_TRACE_NOT_FOUND', `No id of the newest ${recentTraces} traces starts with ${start}.`, {
    fix: 'Give the whole id of an older one.',
  })
}

async function findByStart(client: Client, start: string, projectId: string | undefined): Promise<TraceJson[]> {
  const found: TraceJson[] = []
  let cursor: string | undefined
  for (let seen = 0; seen < recentTraces; seen += pageSize) {
    const page = await client.listTraces({ limit: pageSize, project_id: projectId, cursor })
    found.push(...page.items.filter((trace) => trace.trace_id.startsWith(start)))
    if (page.next_cursor === null) break
    cursor = page.next_cursor
  }
  return found
}

function ambiguous(start: string, traces: readonly TraceJson[]): TraceLLMError {
  const shown = traces.slice(0, 5).map((trace) => `\n${trace.trace_id}  ${trace.name}`)
  return new TraceLLMError('TL_USAGE', `${traces.length} recent traces start with ${start}:${shown.join('')}`, {
    fix: 'Give more of the id.',
  })
}
