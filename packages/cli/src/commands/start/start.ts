import { startWords } from '../../advice/start-words.ts'
import { typeCommandFor } from '../../advice/type-command.ts'
import type { Command, CommandContext } from '../../command-context.ts'
import { homeFiles, resolveHome, shortPath } from '../../home/home-folder.ts'
import { requirePlaceForHome } from '../../home/require-home.ts'
import { removeServerFile, writeServerFile, type ServerFile } from '../../home/server-file.ts'
import { createLog } from '../../log.ts'
import { parseArgv, usage } from '../../parse-argv.ts'
import { createScreen } from '../../screen/screen.ts'
import { plain } from '../../screen/styled-text.ts'
import { readConfigFile } from '../../settings/config-file.ts'
import { resolveSettings, settingOptions } from '../../settings/resolve-settings.ts'
import { homeSettings, startSettings, type ValuesOf } from '../../settings/settings-table.ts'
import type { Stack } from '../../stack/start-stack.ts'
import { tracellmVersion } from '../../version.ts'
import { browserCommand, openBrowser } from './open-browser.ts'
import { serverFile, startFacts } from './start-facts.ts'
import { alreadyRunningScreen, startScreen } from './start-screen.ts'
import { untilStopped } from './stop-signals.ts'

/** Within this time it has stopped, or is ended. */
const stopWithinMs = 10_000

/** `tracellm start` */
export const start: Command = async (argv, context) => {
  const { values: flags, words } = parseArgv(argv, [], 'start', settingOptions(startSettings))
  if (words.length > 0) throw usage(`start takes no ${words[0]}.`, 'start')
  const { home, settings } = readSettings(flags, context)
  const screen = createScreen(context.stdout, context.env)
  const log = createLog(settings.values.logLevel, (line) => context.stderr.write(line), context.clock)
  const { clock } = context
  const version = tracellmVersion()

  // Loaded once the settings are good: it brings the whole server.
  const { startOrFind } = await import('./start-or-find.ts')
  const target = { home, url: undefined, hasKeyFlag: false }
  const startCommand = typeCommandFor(target, context)(startWords(settings.inForce))
  const parts = { home, settings: settings.values, inForce: settings.inForce, version, startCommand, clock, log }
  const found = await startOrFind(parts, argv)
  if (found.status === 'running') {
    screen.print(...alreadyRunningScreen(found.server, screen))
    return 0
  }
  const { stack } = found
  // Before anybody is told that it runs: whoever reads the file may ask it to stop.
  const stopped = untilStopped()
  const file = serverFile(stack, home, settings, context.clock())
  writeServerFile(home, file)
  screen.print(...startScreen(startFacts(stack, file, context), screen))
  showInBrowser(stack, file, settings.values, context)

  const signal = await stopped
  log('debug', `stopping at ${signal}`)
  screen.print([plain('Stopping.')])
  setTimeout(() => process.exit(1), stopWithinMs).unref()
  removeServerFile(home, process.pid)
  await stack[Symbol.asyncDispose]()
  return 0
}

function readSettings(flags: Readonly<Record<string, unknown>>, context: CommandContext) {
  const { env, workingFolder, homeFolder } = context
  const { values } = resolveSettings(homeSettings, { flags, env })
  const home = resolveHome(values.home, workingFolder, homeFolder)
  requirePlaceForHome(home)
  const { config } = homeFiles(home)
  const file = { path: shortPath(config, homeFolder), values: readConfigFile(config) }
  return { home, settings: resolveSettings(startSettings, { flags, env, file }) }
}

function showInBrowser(
  stack: Stack,
  file: ServerFile,
  { open }: ValuesOf<typeof startSettings>,
  context: CommandContext,
) {
  const { stdout, env } = context
  const isWanted = open && stack.hasDashboard
  const command = browserCommand({ isWanted, isTerminal: stdout.isTerminal, platform: process.platform, env })
  if (command !== undefined) openBrowser(command, file.dashboard_url ?? file.url)
}
