import { isoTime } from '@tracellm/core'
import { formatBytes, formatCount } from '@tracellm/core/format'
import type { Command, CommandContext } from '../../command-context.ts'
import { localUrl } from '../../home/addresses.ts'
import { homeFiles, resolveHome, shortPath } from '../../home/home-folder.ts'
import { removeServerFile, writeServerFile, type ServerFile } from '../../home/server-file.ts'
import { createLog } from '../../log.ts'
import { parseArgv, usage } from '../../parse-argv.ts'
import { createScreen } from '../../screen/screen.ts'
import { plain } from '../../screen/styled-text.ts'
import { readConfigFile } from '../../settings/config-file.ts'
import { resolveSettings, settingOptions, type ResolvedSettings } from '../../settings/resolve-settings.ts'
import { homeSettings, startSettings, type ValuesOf } from '../../settings/settings-table.ts'
import type { OptionalPort, Stack } from '../../stack/start-stack.ts'
import { tracellmVersion } from '../../version.ts'
import { browserCommand, openBrowser } from './open-browser.ts'
import { alreadyRunningScreen, startScreen, type StartFacts } from './start-screen.ts'
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
  const found = await startOrFind({ home, settings: settings.values, inForce: settings.inForce, version, clock, log })
  if (found.status === 'running') {
    screen.print(...alreadyRunningScreen(found.server, screen))
    return 0
  }
  const { stack } = found
  // Before anybody is told that it runs: whoever reads the file may ask it to stop.
  const stopped = untilStopped()
  const file = serverFile(stack, home, settings, context)
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

type StartSettings = ResolvedSettings<typeof startSettings>

function readSettings(flags: Readonly<Record<string, unknown>>, context: CommandContext) {
  const { env, workingFolder, homeFolder } = context
  const { values } = resolveSettings(homeSettings, { flags, env })
  const home = resolveHome(values.home, workingFolder, homeFolder)
  const { config } = homeFiles(home)
  const file = { path: shortPath(config, homeFolder), values: readConfigFile(config) }
  return { home, settings: resolveSettings(startSettings, { flags, env, file }) }
}

function serverFile(
  stack: Stack,
  home: string,
  { values, inForce }: StartSettings,
  context: CommandContext,
): ServerFile {
  const { main, dashboard, otlp, keysRequired } = stack
  const url = localUrl(values.host, main.port)
  // Ports as they are, so that a second start with the same ones finds nothing different.
  const ports: Record<string, number | undefined> = {
    port: main.port,
    'dashboard-port': portOf(dashboard),
    'otlp-port': portOf(otlp),
  }
  return {
    pid: process.pid,
    home,
    version: tracellmVersion(),
    started_at: isoTime(context.clock()),
    url,
    dashboard_url: portOf(dashboard) === undefined ? null : localUrl(values.host, portOf(dashboard)!),
    otlp_url: portOf(otlp) === undefined ? null : localUrl(values.host, portOf(otlp)!),
    keys_required: keysRequired,
    settings: Object.fromEntries(inForce.map(({ name, value }) => [name, ports[name] ?? value])),
  }
}

function portOf(port: OptionalPort): number | undefined {
  return typeof port === 'object' && 'port' in port ? port.port : undefined
}

function startFacts(stack: Stack, file: ServerFile, { homeFolder }: CommandContext): StartFacts {
  const { stats, hasDashboard, dashboard, otlp } = stack
  const takenPorts = [
    { name: 'dashboard', port: dashboard },
    { name: 'OTLP', port: otlp },
  ].flatMap(({ name, port }) =>
    typeof port === 'object' && 'takenPort' in port ? [{ name, port: port.takenPort }] : [],
  )
  return {
    version: file.version,
    url: file.url,
    dashboardUrl: hasDashboard ? (file.dashboard_url ?? file.url) : undefined,
    otlpUrl: file.otlp_url ?? undefined,
    takenPorts,
    keysRequired: file.keys_required,
    home: shortPath(file.home, homeFolder),
    held:
      stats.spans === 0
        ? ''
        : `${formatCount(stats.traces)} traces, ${formatCount(stats.spans)} spans, ${formatBytes(stats.sizeBytes)}`,
  }
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
