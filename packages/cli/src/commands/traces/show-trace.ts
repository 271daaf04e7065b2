import type { Client } from '@tracellm/client'
import type { TraceDetailJson } from '@tracellm/core/wire'
import type { CommandContext } from '../../command-context.ts'
import type { OptionValues } from '../../parse-argv.ts'
import { printJson } from '../../screen/print-json.ts'
import { createScreen } from '../../screen/screen.ts'
import { openClient, type AskTarget } from '../../stack/open-client.ts'
import type { tracesOptions } from '../command-table.ts'
import { findTraceId } from './find-trace.ts'
import { traceTreeLines } from './trace-tree.ts'

/** `tracellm traces show <id>`: one trace as a tree. */
export async function showTrace(
  id: string,
  values: OptionValues<typeof tracesOptions>,
  target: AskTarget,
  context: CommandContext,
): Promise<number> {
  await using opened = await openClient(target, 'read', context)
  const { client, server } = opened
  const traceId = await findTraceId(client, id, values.project)
  const trace = await readWholeTrace(client, traceId, values.project)
  if (values.json === true) {
    printJson(context.stdout, trace)
    return 0
  }
  const screen = createScreen(context.stdout, context.env)
  const pages = target.url ?? server?.dashboard_url ?? server?.url
  screen.print(
    ...traceTreeLines(trace, screen, {
      all: values.all === true,
      nowUs: context.clock(),
      address: pages === undefined ? undefined : `${pages}/traces/${traceId}`,
    }),
  )
  return 0
}

/** All pages of its steps in one. */
async function readWholeTrace(
  client: Client,
  traceId: string,
  projectId: string | undefined,
): Promise<TraceDetailJson> {
  const trace = await client.readTrace(traceId, { project_id: projectId })
  const steps = [...trace.steps]
  for (let cursor = trace.next_cursor; cursor !== null;) {
    const page = await client.readTrace(traceId, { project_id: projectId, cursor })
    steps.push(...page.steps)
    cursor = page.next_cursor
  }
  return { ...trace, steps, next_cursor: null }
}
