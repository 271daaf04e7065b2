import type { Client } from '@tracellm/client'
import type { HealthJson, RecentRequestJson } from '@tracellm/core/wire'
import { typeCommandFor } from '../../advice/type-command.ts'
import type { Command } from '../../command-context.ts'
import { shortPath } from '../../home/home-folder.ts'
import { askHealth } from '../../home/running-server.ts'
import { parseArgv, usage } from '../../parse-argv.ts'
import { printJson } from '../../screen/print-json.ts'
import { createScreen } from '../../screen/screen.ts'
import { settingOptions } from '../../settings/resolve-settings.ts'
import { askSettings } from '../../settings/settings-table.ts'
import { openClient, type OpenedClient } from '../../stack/open-client.ts'
import { askTarget } from '../ask-target.ts'
import { statusOptions } from '../command-table.ts'
import { statusScreen } from './status-screen.ts'

/** `tracellm status` */
export const status: Command = async (argv, context) => {
  const { values, words } = parseArgv(argv, statusOptions, 'status', settingOptions(askSettings))
  if (words.length > 0) throw usage(`status takes no ${words[0]}.`, 'status')
  const target = askTarget(values, context)
  await using opened = await openClient(target, 'read', context)
  const { client, server, answers } = opened
  const health = await readHealth(opened)
  const { items: projects } = await client.listProjects({ limit: 200 })
  const refused = answers === 'server' ? await listRefused(client) : []

  if (values.json === true) {
    printJson(context.stdout, { home: target.home, server: server ?? null, health, projects, refused })
    return 0
  }
  const screen = createScreen(context.stdout, context.env)
  const home = shortPath(target.home, context.homeFolder)
  const startCommand = typeCommandFor(target, context)('start')
  const facts = { server, url: target.url, home, startCommand, health, projects, refused }
  screen.print(...statusScreen(facts, screen, context.clock()))
  return 0
}

/** The server's health, with what the folder holds where the server tells that only with a key. */
async function readHealth({ client, server, answers }: OpenedClient): Promise<HealthJson> {
  const health = await client.readHealth()
  if (answers === 'server') return health
  // This process took nothing in.
  const folderHealth = { ...health, ingest: null }
  const serverHealth = server === undefined ? undefined : await askHealth(server.url)
  return serverHealth === undefined ? folderHealth : { ...serverHealth, storage: health.storage }
}

async function listRefused(client: Client): Promise<RecentRequestJson[]> {
  const { items } = await client.listRecentRequests()
  return items.filter((request) => request.status >= 400 || request.rejections.length > 0)
}
