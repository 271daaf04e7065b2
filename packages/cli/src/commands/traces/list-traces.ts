import { traceStatuses, type TraceStatus } from '@tracellm/core'
import { formatCount } from '@tracellm/core/format'
import type { TracePageJson } from '@tracellm/core/wire'
import { flagWords } from '../../advice/flag-words.ts'
import { typeCommandFor, type TypeCommand } from '../../advice/type-command.ts'
import type { CommandContext } from '../../command-context.ts'
import { usage, type OptionValues } from '../../parse-argv.ts'
import { parseTime } from '../../parse-time.ts'
import { printJson } from '../../screen/print-json.ts'
import { createScreen } from '../../screen/screen.ts'
import { plain, styled, type StyledText } from '../../screen/styled-text.ts'
import { openClient, type AskTarget } from '../../stack/open-client.ts'
import type { tracesOptions } from '../command-table.ts'
import { traceTableLines } from './trace-table.ts'

type TraceOptions = OptionValues<typeof tracesOptions>

/** Options that leave traces out. */
const filterFlags = ['status', 'model', 'session', 'user', 'project', 'environment', 'from', 'to'] as const

const usualLimit = 20
const mostTraces = 200

/** `tracellm traces`: the newest traces that match, as a table. */
export async function listTraces(values: TraceOptions, target: AskTarget, context: CommandContext): Promise<number> {
  const nowUs = context.clock()
  const query = {
    limit: readLimit(values.limit),
    status: readStatus(values.status),
    model: values.model,
    session_id: values.session,
    user_id: values.user,
    project_id: values.project,
    environment: values.environment,
    from: readTime('from', values.from, nowUs),
    to: readTime('to', values.to, nowUs),
    cursor: values.cursor,
  }
  await using opened = await openClient(target, 'read', context)
  const page = await opened.client.listTraces(query)
  if (values.json === true) {
    printJson(context.stdout, ...page.items)
    return 0
  }
  const screen = createScreen(context.stdout, context.env)
  const typeCommand = typeCommandFor(target, context)
  screen.print(
    ...(page.items.length === 0
      ? emptyLines(values, opened.answers === 'folder' && opened.server === undefined, typeCommand)
      : [...traceTableLines(page.items, screen, nowUs), [], ...footLines(page, values, typeCommand)]),
  )
  return 0
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return usualLimit
  const limit = /^\d+$/.test(text) ? Number(text) : 0
  if (limit >= 1 && limit <= mostTraces) return limit
  throw usage(`--limit is "${text}", but takes a number from 1 to ${mostTraces}.`, 'traces')
}

function readStatus(text: string | undefined): TraceStatus | undefined {
  const status = traceStatuses.find((one) => one === text)
  if (status !== undefined || text === undefined) return status
  throw usage(`--status is "${text}", but takes ${traceStatuses.join(', ')}.`, 'traces')
}

function readTime(flag: string, text: string | undefined, nowUs: number): string | undefined {
  return text === undefined ? undefined : parseTime(text, { flag, command: 'traces' }, { nowUs, direction: 'past' })
}

function footLines(
  { items, total, total_is_exact: isExact, next_cursor: cursor }: TracePageJson,
  values: TraceOptions,
  typeCommand: TypeCommand,
): StyledText[] {
  const count = `${formatCount(items.length)} of ${isExact ? '' : 'more than '}${formatCount(total)}`
  return [
    [styled('dim', `${count}   one of them: ${typeCommand('traces show <id>')}`)],
    ...(cursor === null ? [] : [[styled('dim', `next page: ${typeCommand(nextPageWords(values, cursor))}`)]]),
  ]
}

/** The same command for what comes after. */
function nextPageWords(values: TraceOptions, cursor: string): string {
  return ['traces', ...flagWords({ ...values, cursor }, [...filterFlags, 'limit', 'cursor'])].join(' ')
}

/** Nothing is there yet, or the filters exclude everything: then which ones. */
function emptyLines(values: TraceOptions, isWithoutServer: boolean, typeCommand: TypeCommand): StyledText[] {
  const given = flagWords(values, filterFlags)
  if (given.length > 0) return [[plain('No trace matches '), styled('strong', given.join(' ')), plain('.')]]
  return [
    [plain('No traces yet.')],
    ...(isWithoutServer ? [[plain('To take some in: '), styled('strong', typeCommand('start'))]] : []),
  ]
}
