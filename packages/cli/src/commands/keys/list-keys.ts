import { projectIdOfName } from '@tracellm/core'
import type { ApiKeyJson } from '@tracellm/core/wire'
import type { Client } from '@tracellm/client'
import { flagWords } from '../../advice/flag-words.ts'
import { typeCommandFor } from '../../advice/type-command.ts'
import type { CommandContext } from '../../command-context.ts'
import type { OptionValues } from '../../parse-argv.ts'
import { printJson } from '../../screen/print-json.ts'
import { createScreen } from '../../screen/screen.ts'
import { openClient, type AskTarget } from '../../stack/open-client.ts'
import type { keysOptions } from '../command-table.ts'
import { keyTableLines } from './key-screen.ts'

/** `tracellm keys list`: all keys, or those of a project, newest first. */
export async function listKeys(
  values: OptionValues<typeof keysOptions>,
  target: AskTarget,
  context: CommandContext,
): Promise<number> {
  await using opened = await openClient(target, 'read', context)
  const projectId = values.project === undefined ? undefined : (projectIdOfName(values.project) ?? values.project)
  const keys = await readAllKeys(opened.client, projectId)
  if (values.json === true) printJson(context.stdout, ...keys)
  else {
    const screen = createScreen(context.stdout, context.env)
    const createWords = ['keys create', ...flagWords(values, ['project'])].join(' ')
    const createCommand = typeCommandFor(target, context)(createWords)
    screen.print(...keyTableLines(keys, screen, context.clock(), createCommand))
  }
  return 0
}

async function readAllKeys(client: Client, projectId: string | undefined): Promise<ApiKeyJson[]> {
  const keys: ApiKeyJson[] = []
  let cursor: string | undefined
  do {
    const page = await client.listApiKeys({ project_id: projectId, limit: 200, cursor })
    keys.push(...page.items)
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
  return keys
}
