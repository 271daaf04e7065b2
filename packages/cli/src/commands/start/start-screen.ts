import type { ServerFile } from '../../home/server-file.ts'
import { plain, styled, type StyledText } from '../../screen/styled-text.ts'
import type { Screen } from '../../screen/screen.ts'
import { tableLines } from '../../screen/table.ts'

/** What the first screen tells: where the server listens, where data lies, how to send a first trace. */
export interface StartFacts {
  readonly version: string
  /** Of the API, from this machine. */
  readonly url: string
  /** Where a browser goes; `undefined` when no dashboard was built. */
  readonly dashboardUrl: string | undefined
  readonly otlpUrl: string | undefined
  /** Ports that were asked for, and are taken by another program or not for this user. */
  readonly lackingPorts: readonly {
    readonly name: string
    readonly port: number
    readonly because: 'taken' | 'forbidden'
  }[]
  readonly keysRequired: boolean
  /** As people write it. */
  readonly home: string
  /** What it holds, in words; empty for a new one. */
  readonly held: string
}

/** The screen of `tracellm start`. */
export function startScreen(facts: StartFacts, { columns, glyphs }: Pick<Screen, 'columns' | 'glyphs'>): StyledText[] {
  const { url, dashboardUrl, otlpUrl } = facts
  const places = [
    placeRow('Dashboard', dashboardUrl ?? 'not built', dashboardUrl === undefined ? 'npm run build makes it' : ''),
    placeRow('API', url, `documented at ${url}/docs`),
    ...(otlpUrl === undefined ? [] : [placeRow('OTLP', otlpUrl, otlpUrl.endsWith(':4318') ? usualOtlp : '')]),
    placeRow('Data', facts.home, facts.held === '' ? 'new' : facts.held),
  ]
  const placeColumns = [{ head: '' }, { head: '' }, { head: '', minWidth: 0, leaves: 1 }]
  return [
    [],
    [styled('strong', 'TraceLLM'), styled('dim', ` ${facts.version}`)],
    [],
    ...tableLines(placeColumns, places, columns - indent.length, glyphs.ellipsis).map(indented),
    ...facts.lackingPorts.map(({ name, port, because }) =>
      indented([
        styled('warn', `${glyphs.warning} Port ${port} ${lackingWords[because]}`),
        plain(`, so there is no ${name} on it.`),
      ]),
    ),
    [],
    [plain('Send a first trace:')],
    [],
    [plain(indent), styled('strong', curlLine(url, facts.keysRequired))],
    [],
    [plain('From a program that uses OpenTelemetry:')],
    [],
    [plain(indent), styled('strong', exportLine(url, facts.keysRequired))],
    [],
    [styled('dim', 'Ctrl-C stops it.')],
    [],
  ]
}

const lackingWords = { taken: 'is taken', forbidden: 'is not for this user' }
const indent = '  '
const usualOtlp = 'where OpenTelemetry sends unless told otherwise'

/** One line that works in every shell, and with a curl that does not know `--json` yet. */
function curlLine(url: string, keysRequired: boolean): string {
  const key = keysRequired ? ' -H "Authorization: Bearer $TRACELLM_API_KEY"' : ''
  return `curl ${url}/traces${key} -H 'Content-Type: application/json' -d '{"prompt":"Are you there?","response":"Yes."}'`
}

function exportLine(url: string, keysRequired: boolean): string {
  const key = keysRequired ? ' OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer%20$TRACELLM_API_KEY"' : ''
  return `export OTEL_EXPORTER_OTLP_ENDPOINT=${url} OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf${key}`
}

function placeRow(name: string, place: string, about: string): StyledText[] {
  return [[styled('dim', name)], [styled('strong', place)], [styled('dim', about)]]
}

function indented(line: StyledText): StyledText {
  return [plain(indent), ...line]
}

/** The screen of a second `tracellm start` on one home. */
export function alreadyRunningScreen(
  { pid, url, dashboard_url: dashboardUrl, version }: Pick<ServerFile, 'pid' | 'url' | 'dashboard_url' | 'version'>,
  { columns, glyphs }: Pick<Screen, 'columns' | 'glyphs'>,
): StyledText[] {
  const facts = `   ${version} ${glyphs.separator} process ${pid}`
  const places = [placeRow('Dashboard', dashboardUrl ?? url, ''), placeRow('API', url, '')]
  return [
    [styled('here', `${glyphs.status.running} `), styled('strong', 'It runs already'), styled('dim', facts)],
    [],
    ...tableLines([{ head: '' }, { head: '' }], places, columns - indent.length, glyphs.ellipsis).map(indented),
  ]
}
