import { parseIsoTime } from '@tracellm/core'
import { formatRelativeTime } from '@tracellm/core/format'
import type { ApiKeyJson, ApiKeyWithSecretJson } from '@tracellm/core/wire'
import type { Glyphs } from '../../screen/glyphs.ts'
import type { Screen } from '../../screen/screen.ts'
import { plain, styled, type StyledText } from '../../screen/styled-text.ts'
import { tableLines, type Column } from '../../screen/table.ts'

/** A key just made: the one time that it is shown. */
export function madeKeyScreen(key: ApiKeyWithSecretJson, glyphs: Glyphs): StyledText[] {
  const facts = [
    key.project_id === null ? 'the whole instance' : `project ${key.project_id}`,
    key.environment === null ? 'every environment' : `environment ${key.environment}`,
    key.scopes.join(', '),
    key.expires_at === null ? 'no end' : `until ${key.expires_at.slice(0, 16)}Z`,
  ]
  return [
    [plain(`${glyphs.status.success} `), styled('strong', 'Key made'), styled('dim', `   ${key.key_id}`)],
    [],
    [plain('  '), styled('strong', key.key)],
    [],
    [plain(`  ${facts.join(` ${glyphs.separator} `)}`)],
    [plain('  It is shown this once; only its hash is stored.')],
    [],
    ...sendingLines(key),
  ]
}

/** How it is sent, for what it may do. */
function sendingLines({ key, scopes }: ApiKeyWithSecretJson): StyledText[] {
  const here = lineToCopy(
    'For the commands of this program, and the line that sends a first trace:',
    `export TRACELLM_API_KEY=${key}`,
  )
  if (!scopes.includes('ingest')) return here
  const elsewhere = lineToCopy(
    'For a program that uses OpenTelemetry; anything else sends it as Authorization: Bearer:',
    `export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer%20${key}"`,
  )
  return [...here, [], ...elsewhere]
}

function lineToCopy(text: string, line: string): StyledText[] {
  return [[plain(text)], [], [plain('  '), styled('strong', line)]]
}

const columns: readonly Column[] = [
  { head: 'id' },
  { head: 'begins', leaves: 2 },
  { head: 'project', minWidth: 8 },
  { head: 'environment', minWidth: 8, leaves: 1 },
  { head: 'may', minWidth: 8 },
  { head: 'made', align: 'right', leaves: 3 },
  { head: 'used', align: 'right' },
  { head: 'state' },
]

/** Keys as rows of a table, without the keys themselves; where there are none, how to make one. */
export function keyTableLines(
  keys: readonly ApiKeyJson[],
  { columns: width, glyphs }: Pick<Screen, 'columns' | 'glyphs'>,
  nowUs: number,
  createCommand: string,
): StyledText[] {
  if (keys.length === 0) return [[plain('No keys yet. Make one: '), styled('strong', createCommand)]]
  const rows = keys.map((key) => [
    [styled('strong', key.key_id)],
    [styled('dim', `${key.prefix}${glyphs.ellipsis}`)],
    [plain(key.project_id ?? '(all)')],
    [plain(key.environment ?? '(any)')],
    [plain(key.scopes.join(', '))],
    [styled('dim', agoText(key.created_at, nowUs))],
    [styled('dim', key.last_used_at === null ? 'never' : agoText(key.last_used_at, nowUs))],
    [stateOf(key, nowUs)],
  ])
  return tableLines(columns, rows, width, glyphs.ellipsis)
}

function agoText(instant: string, nowUs: number): string {
  return formatRelativeTime(parseIsoTime(instant) ?? nowUs, nowUs)
}

function stateOf({ revoked_at: revoked, expires_at: expires }: ApiKeyJson, nowUs: number): StyledText[number] {
  if (revoked !== null) return styled('fail', 'revoked')
  if (expires !== null && (parseIsoTime(expires) ?? 0) <= nowUs) return styled('warn', 'expired')
  return plain(expires === null ? 'good' : `until ${expires.slice(0, 10)}`)
}
