import { isoTime } from '@tracellm/core'
import { formatBytes, formatCount } from '@tracellm/core/format'
import type { CommandContext } from '../../command-context.ts'
import { localUrl } from '../../home/addresses.ts'
import { shortPath } from '../../home/home-folder.ts'
import type { ServerFile } from '../../home/server-file.ts'
import type { ResolvedSettings } from '../../settings/resolve-settings.ts'
import type { startSettings } from '../../settings/settings-table.ts'
import type { OptionalPort, Stack } from '../../stack/start-stack.ts'
import { tracellmVersion } from '../../version.ts'
import type { StartFacts } from './start-screen.ts'

/** What the home's file says of a server that has just started. */
export function serverFile(
  stack: Stack,
  home: string,
  { values, inForce }: ResolvedSettings<typeof startSettings>,
  nowUs: number,
): ServerFile {
  const { main, dashboard, otlp, keysRequired } = stack
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
    started_at: isoTime(nowUs),
    url: localUrl(values.host, main.port),
    dashboard_url: optionalUrl(values.host, dashboard),
    otlp_url: optionalUrl(values.host, otlp),
    keys_required: keysRequired,
    settings: Object.fromEntries(inForce.map(({ name, value }) => [name, ports[name] ?? value])),
  }
}

function optionalUrl(host: string, optional: OptionalPort): string | null {
  const port = portOf(optional)
  return port === undefined ? null : localUrl(host, port)
}

function portOf(port: OptionalPort): number | undefined {
  return typeof port === 'object' && 'port' in port ? port.port : undefined
}

/** What the first screen tells of it. */
export function startFacts(stack: Stack, file: ServerFile, { homeFolder }: CommandContext): StartFacts {
  const { stats, hasDashboard, dashboard, otlp } = stack
  const lackingPorts = [
    { name: 'dashboard', port: dashboard },
    { name: 'OTLP', port: otlp },
  ].flatMap(({ name, port }) =>
    typeof port === 'object' && 'lackingPort' in port ? [{ name, port: port.lackingPort, because: port.because }] : [],
  )
  return {
    version: file.version,
    url: file.url,
    dashboardUrl: hasDashboard ? (file.dashboard_url ?? file.url) : undefined,
    otlpUrl: file.otlp_url ?? undefined,
    lackingPorts,
    keysRequired: file.keys_required,
    home: shortPath(file.home, homeFolder),
    held: stats.spans === 0 ? '' : heldText(stats),
  }
}

function heldText({ traces, spans, sizeBytes }: Stack['stats']): string {
  return `${counted(traces, 'trace')}, ${counted(spans, 'span')}, ${formatBytes(sizeBytes)}`
}

function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}
