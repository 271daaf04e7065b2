import { plain, styled, type StyledText } from './styled-text.ts'
import type { Screen } from './screen.ts'
import { wrapText } from './wrap-text.ts'

/** What an error says to a person: what happened, where, and what helps. */
interface Fault {
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly fix: string | undefined
}

const indent = 2

/**
 * An error as it is shown:
 *
 * ```
 * ✗ The port is taken   TL_PORT_TAKEN
 *
 *   Another program listens on 127.0.0.1:8000.
 *
 *   Stop the other program, or choose a port with --port.
 * ```
 */
export function errorLines(error: unknown, { columns, glyphs }: Pick<Screen, 'columns' | 'glyphs'>): StyledText[] {
  const fault = faultOf(error)
  const paragraph = (text: string): StyledText[] =>
    text
      .split('\n')
      .flatMap((line) => wrapText(line, columns - indent).map((part) => [plain(' '.repeat(indent) + part)]))
  return [
    [styled('fail', `${glyphs.failed} `), styled('strong', fault.title), styled('dim', `   ${fault.code}`)],
    [],
    ...paragraph(sentence(fault.detail)),
    ...(fault.fix === undefined ? [] : [[], ...paragraph(sentence(fault.fix))]),
    [],
    ...unexpectedLines(error),
  ]
}

function faultOf(error: unknown): Fault {
  if (isFault(error)) return error
  return {
    code: 'TL_INTERNAL',
    title: 'Something went wrong that should not',
    detail: error instanceof Error ? error.message : String(error),
    fix: 'This is a fault of TraceLLM: please report it with the lines below.',
  }
}

/** A `TraceLLMError`, or what a server said. */
function isFault(error: unknown): error is Error & Fault {
  return error instanceof Error && 'code' in error && 'title' in error && 'detail' in error
}

/** Where it happened, for a report; of errors that are foreseen nobody needs to know. */
function unexpectedLines(error: unknown): StyledText[] {
  if (isFault(error) || !(error instanceof Error)) return []
  const frames = error.stack?.match(/^\s+at .*$/gm) ?? []
  return [...frames.map((frame): StyledText => [styled('dim', `  ${frame.trim()}`)]), []]
}

/** Errors of programs start small and end open; on a screen they are sentences, unless they are lists. */
function sentence(text: string): string {
  const start = /^[a-z]{2,}[ ,]/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
  return /[.!?:)`"]$/.test(start) || start === '' || start.includes('\n') ? start : `${start}.`
}
