import type { SpanType, TraceStatus } from '@tracellm/core'
import type { Role } from './colour.ts'

/** Everything that is drawn with more than letters, each of it one cell wide. */
export interface Glyphs {
  readonly status: Readonly<Record<TraceStatus, string>>
  readonly failed: string
  readonly warning: string
  readonly type: Readonly<Record<SpanType, string>>
  readonly retry: string
  readonly ellipsis: string
  readonly atLeast: string
  /** In place of a figure that nobody has told. */
  readonly untold: string
  readonly separator: string
  readonly arrow: string
  /** Of a tree: a child, the last child, the line past it, and the line across time in which nothing happened. */
  readonly branch: string
  readonly lastBranch: string
  readonly through: string
  readonly idle: string
}

const unicodeTypes = typeGlyphs({ llm: '◆', tool: '■', retrieval: '▤', agent: '○', check: '◇', other: '·' })
const asciiTypes = typeGlyphs({ llm: '#', tool: '$', retrieval: '=', agent: 'o', check: '?', other: '.' })

const unicode: Glyphs = {
  status: { running: '●', success: '✓', warning: '▲', failed: '✗', interrupted: '◌' },
  failed: '✗',
  warning: '▲',
  type: unicodeTypes,
  retry: '↻',
  ellipsis: '…',
  atLeast: '≥',
  untold: '–',
  separator: '·',
  arrow: '→',
  branch: '├─ ',
  lastBranch: '╰─ ',
  through: '│  ',
  idle: '┆ ',
}

const ascii: Glyphs = {
  status: { running: '*', success: 'v', warning: '!', failed: 'x', interrupted: '~' },
  failed: 'x',
  warning: '!',
  type: asciiTypes,
  retry: '@',
  ellipsis: '...',
  atLeast: '>=',
  untold: '-',
  separator: '-',
  arrow: '->',
  branch: '|- ',
  lastBranch: '+- ',
  through: '|  ',
  idle: ': ',
}

/**
 * The glyphs that the locale can show. Where the locale names no character set they are Unicode; in East Asian locales
 * a terminal may draw some of them two cells wide, so they are ASCII there.
 */
export function glyphsFor(env: Readonly<Record<string, string | undefined>>): Glyphs {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || ''
  const isUnicode = locale === '' || /utf-?8/i.test(locale)
  return isUnicode && !/^(?:ja|ko|zh)/.test(locale) ? unicode : ascii
}

/** The colour of a span's glyph. */
export const typeRoles: Readonly<Partial<Record<SpanType, Role>>> = {
  llm: 'llm',
  tool: 'tool',
  retriever: 'retriever',
  embedding: 'retriever',
  reranker: 'retriever',
}

/** The colour of a trace's glyph. Success has none. */
export const statusRoles: Readonly<Record<TraceStatus, Role>> = {
  running: 'here',
  success: 'dim',
  warning: 'warn',
  failed: 'fail',
  interrupted: 'warn',
}

interface TypeGlyphs {
  readonly llm: string
  readonly tool: string
  readonly retrieval: string
  readonly agent: string
  readonly check: string
  readonly other: string
}

function typeGlyphs({ llm, tool, retrieval, agent, check, other }: TypeGlyphs): Record<SpanType, string> {
  return {
    llm,
    tool,
    embedding: retrieval,
    retriever: retrieval,
    reranker: retrieval,
    agent,
    chain: agent,
    guardrail: check,
    evaluator: check,
    prompt: other,
    event: other,
    span: other,
  }
}
