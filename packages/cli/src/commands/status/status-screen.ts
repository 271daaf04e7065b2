import { parseIsoTime } from '@tracellm/core'
import { formatBytes, formatCount, formatDuration, formatInstant } from '@tracellm/core/format'
import type { HealthJson, ProjectJson, RecentRequestJson } from '@tracellm/core/wire'
import type { ServerFile } from '../../home/server-file.ts'
import type { Screen } from '../../screen/screen.ts'
import { cutTo, plain, styled, type StyledText } from '../../screen/styled-text.ts'
import { tableLines } from '../../screen/table.ts'
import { wrapText } from '../../screen/wrap-text.ts'

export interface StatusFacts {
  /** The server that runs on this home; `undefined` when the folder was read. */
  readonly server: Pick<ServerFile, 'pid' | 'url' | 'dashboard_url' | 'otlp_url'> | undefined
  /** A server asked by its address, of which nothing else is known. */
  readonly url: string | undefined
  /** As people write it. */
  readonly home: string
  /** What starts a server on this home. */
  readonly startCommand: string
  readonly health: HealthJson
  readonly projects: readonly ProjectJson[]
  /** Requests that were refused, newest first. */
  readonly refused: readonly RecentRequestJson[]
}

type Rejection = NonNullable<HealthJson['ingest']>['rejections'][number]
type Page = Pick<Screen, 'columns' | 'glyphs'>

const mostProjects = 8
const mostRefused = 5
/** Of what is said of one of them. */
const mostAdviceLines = 3

/** The screen of `tracellm status`: what runs, what is stored, what came in, what was turned away and why. */
export function statusScreen(facts: StatusFacts, page: Page, nowUs: number): StyledText[] {
  const { health } = facts
  const sections = [
    headLines(facts, page),
    placeLines(facts, page),
    storedLines(facts, page),
    ingestLines(health, page, nowUs),
    refusedLines(facts.refused, page, nowUs),
  ].filter((lines) => lines.length > 0)
  return sections.flatMap((lines, index) => (index === 0 ? lines : [[], ...lines]))
}

function headLines({ server, url, home, startCommand, health }: StatusFacts, { glyphs }: Page): StyledText[] {
  if (server === undefined && url === undefined) {
    return [
      [styled('warn', `${glyphs.warning} `), styled('strong', 'No server runs'), styled('dim', `   reading ${home}`)],
      [plain('  Nothing new arrives until one does: '), styled('strong', startCommand)],
    ]
  }
  const facts = [
    health.version,
    server === undefined ? '' : `process ${server.pid}`,
    `up ${formatDuration(health.uptime_s * 1e6)}`,
    health.live.clients === null ? '' : `${formatCount(health.live.clients)} watching`,
  ].filter((fact) => fact !== '')
  const isWell = health.status === 'ok'
  return [
    [
      isWell ? styled('here', `${glyphs.status.running} `) : styled('fail', `${glyphs.failed} `),
      styled('strong', isWell ? 'Running' : 'Running, but not well'),
      styled('dim', `   ${facts.join(` ${glyphs.separator} `)}`),
    ],
    ...(health.storage?.faults ?? []).map((fault): StyledText => [plain('  '), styled('fail', fault)]),
  ]
}

function placeLines({ server, url, home }: StatusFacts, page: Page): StyledText[] {
  if (server === undefined) return url === undefined ? [] : pairs([['API', url]], page)
  return pairs(
    [
      ['API', server.url],
      ...(server.dashboard_url === null ? [] : [['Dashboard', server.dashboard_url] as const]),
      ...(server.otlp_url === null ? [] : [['OTLP', server.otlp_url] as const]),
      ['Data', home],
    ],
    page,
  )
}

function storedLines({ health: { storage }, projects }: StatusFacts, page: Page): StyledText[] {
  if (storage === null) return []
  const names = projects.slice(0, mostProjects).map(({ project_id: id }) => id)
  const more = projects.length - names.length
  return pairs(
    [
      ['Traces', formatCount(storage.traces)],
      ['Spans', formatCount(storage.spans)],
      ['Bodies', formatCount(storage.bodies)],
      ...(storage.size_bytes === null ? [] : [['Size', formatBytes(storage.size_bytes)] as const]),
      ...(names.length === 0
        ? []
        : [['Projects', names.join(', ') + (more === 0 ? '' : ` and ${more} more`)] as const]),
    ],
    page,
  )
}

/** A ledger: everything that came in is in exactly one line of it. */
function ingestLines({ ingest }: HealthJson, page: Page, nowUs: number): StyledText[] {
  if (ingest === null) return []
  if (ingest.received_spans + ingest.log_records === 0 && ingest.rejections.length === 0) return []
  const { rejections } = ingest
  const rows = [
    row('Received spans', ingest.received_spans, `since ${clockText(ingest.since, nowUs)}`),
    row('  stored', ingest.stored_spans),
    row('  known before', ingest.duplicate_spans, 'repeats, ends and newer versions of spans'),
    row('  waiting', ingest.queued_spans),
    row('  rejected', ingest.rejected_spans),
    ...reasonRows(rejections, 'spans', '    '),
    ...(ingest.log_records === 0 ? [] : [row('Log records', ingest.log_records)]),
    ...leftOutRows(rejections, 'log_records', 'Rejected log records'),
    ...leftOutRows(rejections, 'data_points', 'Rejected data points'),
    ...leftOutRows(rejections, 'attributes', 'Dropped attributes'),
    ...leftOutRows(rejections, 'events', 'Dropped events and links'),
    ...leftOutRows(rejections, 'texts', 'Cut texts'),
    row('Refused requests', ingest.refused_requests),
    ...reasonRows(rejections, 'requests', '  '),
    ...leftOutRows(rejections, 'connections', 'Refused connections'),
    ...leftOutRows(rejections, 'sockets', 'Refused sockets'),
    ...leftOutRows(rejections, 'live_events', 'Live events no longer held'),
  ]
  const columns = [{ head: '' }, { head: '', align: 'right' as const }, { head: '', minWidth: 0, leaves: 1 }]
  return tableLines(columns, rows, page.columns, page.glyphs.ellipsis)
}

/** What is not worth a line while there is none of it. */
function leftOutRows(rejections: readonly Rejection[], of: Rejection['of'], name: string): StyledText[][] {
  const reasons = rejections.filter((rejection) => rejection.of === of)
  const total = reasons.reduce((sum, { count }) => sum + count, 0)
  return total === 0 ? [] : [row(name, total), ...reasonRows(rejections, of, '  ')]
}

/** Why: they add up to the line above them. */
function reasonRows(rejections: readonly Rejection[], of: Rejection['of'], indent: string): StyledText[][] {
  return rejections
    .filter((rejection) => rejection.of === of)
    .map(({ reason, count }) => row(indent + words(reason), count))
}

function words(reason: string): string {
  return reason.replaceAll('_', ' ')
}

function row(name: string, count: number, about = ''): StyledText[] {
  const text = formatCount(count)
  return [[styled('dim', name)], [count > 0 ? styled('strong', text) : plain(text)], [styled('dim', about)]]
}

function refusedLines(refused: readonly RecentRequestJson[], page: Page, nowUs: number): StyledText[] {
  if (refused.length === 0) return []
  const { columns, glyphs } = page
  return [
    [styled('strong', 'Refused lately')],
    ...refused.slice(0, mostRefused).flatMap((request): StyledText[] => {
      const what = `${request.method} ${request.path}`
      const who = [request.client ?? '', request.encoding ?? ''].filter((text) => text !== '').join(', ')
      const line = [
        styled('dim', `${clockText(request.time, nowUs)}  `),
        styled('fail', `${request.status}  `),
        plain(what),
        styled('dim', who === '' ? '' : `  ${who}`),
      ]
      return [line, ...whyLines(request, columns)].map((text) => cutTo(text, columns, glyphs.ellipsis))
    }),
  ]
}

/** In words where there are some, which the list of reasons has not. */
function whyLines({ reason, rejections, advice }: RecentRequestJson, columns: number): StyledText[] {
  const leftOut = rejections.map((rejection) => `${rejection.count} × ${words(rejection.reason)}`)
  const why = advice ?? (reason === null ? '' : words(reason))
  const indent = '  '
  return [...leftOut, why]
    .filter((text) => text !== '')
    .flatMap((text) => wrapText(text, columns - indent.length).slice(0, mostAdviceLines))
    .map((text) => [plain(indent + text)])
}

function clockText(instant: string, nowUs: number): string {
  return formatInstant(parseIsoTime(instant) ?? nowUs, { nowUs })
}

function pairs(rows: readonly (readonly [name: string, value: string])[], page: Page): StyledText[] {
  const cells = rows.map(([name, value]) => [[styled('dim', name)], [styled('strong', value)]])
  return tableLines([{ head: '' }, { head: '', minWidth: 8 }], cells, page.columns, page.glyphs.ellipsis)
}
