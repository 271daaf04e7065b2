import type { Screen } from '../screen/screen.ts'
import { plain, styled, type StyledText } from '../screen/styled-text.ts'
import { textWidth } from '../screen/text-width.ts'
import { wrapText } from '../screen/wrap-text.ts'
import type { Option } from '../parse-argv.ts'
import type { CommandEntry } from './command-table.ts'

type Page = Pick<Screen, 'columns'>

/** `tracellm --help`. */
export function overviewLines(commands: readonly CommandEntry[], version: string, page: Page): StyledText[] {
  return [
    [styled('strong', 'TraceLLM'), styled('dim', ` ${version}`)],
    ...wrapText('Records what LLM applications and agents do, on this machine, and shows it.', page.columns).map(line),
    [],
    ...pairLines(
      commands.map(({ name, summary }) => [`tracellm ${name}`, summary]),
      page,
    ),
    [],
    ...pairLines(
      [
        ['tracellm <command> --help', 'what a command takes'],
        ['tracellm --version', 'which one this is'],
      ],
      page,
    ),
  ]
}

/** `tracellm <command> --help`. */
export function commandLines({ usage, options, moreOptions, notes = [] }: CommandEntry, page: Page): StyledText[] {
  return [
    ...pairLines(
      usage.map(([call, does]) => [`tracellm ${call}`, does]),
      page,
    ),
    ...optionLines('Options', options, page),
    ...(moreOptions === undefined ? [] : optionLines(moreOptions.title, moreOptions.options, page)),
    ...notes.flatMap((note) => [[], ...wrapText(note, page.columns).map(line)]),
  ]
}

function optionLines(title: string, options: readonly Option[], page: Page): StyledText[] {
  const pairs = options.map(({ flag, value = '', kind, text }): [string, string] => [
    `--${kind === 'toggle' ? '[no-]' : ''}${flag} ${value}`.trim(),
    text,
  ])
  return [[], [styled('strong', title)], ...pairLines(pairs, page)]
}

/** What to type at the left, what it does at the right; below each other where there is no room beside. */
function pairLines(pairs: readonly (readonly [string, string])[], { columns }: Page): StyledText[] {
  const indent = 2
  const left = Math.max(...pairs.map(([term]) => textWidth(term))) + indent * 2
  const right = columns - left
  const isNarrow = right < 24
  return pairs.flatMap(([term, text]): StyledText[] => {
    const start = [plain(' '.repeat(indent)), styled('strong', term)]
    if (isNarrow) return [start, ...wrapText(text, columns - 6).map((part) => [plain(' '.repeat(6) + part)])]
    const [first = '', ...rest] = wrapText(text, right)
    const blanks = ' '.repeat(left - indent - textWidth(term))
    return [[...start, plain(blanks + first)], ...rest.map((part) => [plain(' '.repeat(left) + part)])]
  })
}

function line(text: string): StyledText {
  return [plain(text)]
}
