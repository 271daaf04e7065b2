import type { Command } from '../command-context.ts'
import type { Option } from '../parse-argv.ts'
import { settingOptions } from '../settings/resolve-settings.ts'
import { askSettings, homeSettings, limitSettings, serverSettings } from '../settings/settings-table.ts'

/** One command: what help says of it, what it takes, and where it is. */
export interface CommandEntry {
  readonly name: string
  /** What it is for, in a few words. */
  readonly summary: string
  /** Ways to call it, with what each does. */
  readonly usage: readonly (readonly [call: string, does: string])[]
  readonly options: readonly Option[]
  /** Further options, under a title of their own. */
  readonly moreOptions?: { readonly title: string; readonly options: readonly Option[] }
  /** What else to know, a paragraph each. */
  readonly notes?: readonly string[]
  /** Loads what runs it; nothing else may, so that each command costs only itself. */
  readonly load: () => Promise<Command>
}

const json = { flag: 'json', kind: 'switch', text: 'JSON, one value a line' } as const

export const statusOptions = [json] as const

export const tracesOptions = [
  { flag: 'limit', kind: 'text', value: 'N', text: 'How many, at most 200 (20)' },
  { flag: 'status', kind: 'text', value: 'STATUS', text: 'running, success, warning, failed or interrupted' },
  { flag: 'model', kind: 'text', value: 'MODEL', text: 'Those that called this model' },
  { flag: 'session', kind: 'text', value: 'ID', text: 'Those of one session' },
  { flag: 'user', kind: 'text', value: 'ID', text: 'Those of one user' },
  { flag: 'project', kind: 'text', value: 'ID', text: 'Those of one project' },
  { flag: 'environment', kind: 'text', value: 'NAME', text: 'Those of one environment' },
  {
    flag: 'from',
    kind: 'text',
    value: 'TIME',
    text: 'Started at or after: 2026-11-23, 2026-11-23T14:02Z, or 2h for two hours ago',
  },
  { flag: 'to', kind: 'text', value: 'TIME', text: 'Started before' },
  { flag: 'cursor', kind: 'text', value: 'TEXT', text: 'The next page, as the page before says' },
  { flag: 'all', kind: 'switch', text: 'show: spans without a call to a model or a tool too' },
  json,
] as const

export const keysOptions = [
  { flag: 'project', kind: 'text', value: 'NAME', text: 'The project of the key (default)' },
  { flag: 'create-project', kind: 'switch', text: 'create: make the project too, when it is new' },
  {
    flag: 'environment',
    kind: 'text',
    value: 'NAME',
    text: 'The only environment that the key writes and reads (any)',
  },
  { flag: 'scopes', kind: 'list', value: 'SCOPE,…', text: 'What it may do: ingest, read, admin (ingest,read)' },
  { flag: 'expires', kind: 'text', value: 'TIME', text: 'Until when it is good: 90d, or a date (no end)' },
  { flag: 'instance', kind: 'switch', text: 'A key of the whole instance; with the scope admin it manages projects' },
  json,
] as const

/** Every command, in the order of `--help`. */
export const commandTable: readonly CommandEntry[] = [
  {
    name: 'start',
    summary: 'the server and its dashboard',
    usage: [['start', 'takes traces in and shows them, until Ctrl-C']],
    options: settingOptions({ ...homeSettings, ...serverSettings }),
    moreOptions: { title: 'Limits, and what happens at them', options: settingOptions(limitSettings) },
    notes: [
      'Each option is a variable too, and a key of config.json in the home folder: --dashboard-port is TRACELLM_DASHBOARD_PORT and dashboard_port. A flag counts before a variable, a variable before the file.',
    ],
    load: async () => (await import('./start/start.ts')).start,
  },
  {
    name: 'status',
    summary: 'what runs, what is stored, what was turned away and why',
    usage: [['status', 'of the server on this home; without one, of the folder']],
    options: [...statusOptions, ...settingOptions(askSettings)],
    load: async () => (await import('./status/status.ts')).status,
  },
  {
    name: 'traces',
    summary: 'the newest traces, or one of them as a tree',
    usage: [
      ['traces', 'a table, newest first'],
      ['traces show <id>', 'one trace as a tree; the start of its id will do'],
    ],
    options: [...tracesOptions, ...settingOptions(askSettings)],
    notes: ['They work without a server too: the folder is then read as it is.'],
    load: async () => (await import('./traces/traces.ts')).traces,
  },
  {
    name: 'keys',
    summary: 'API keys, for a server that others reach',
    usage: [
      ['keys create', 'makes a key and shows it, this once'],
      ['keys list', 'all keys, without the keys themselves'],
      ['keys revoke <id>', 'ends a key now'],
    ],
    options: [...keysOptions, ...settingOptions(askSettings)],
    load: async () => (await import('./keys/keys.ts')).keys,
  },
]
