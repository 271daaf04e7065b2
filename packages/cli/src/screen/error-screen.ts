import { inspect } from 'node:util'
import { TraceLLMError } from '@tracellm/core'
import type { TypeCommand } from '../advice/type-command.ts'
import { tracellmVersion } from '../version.ts'
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
 * One that nobody foresaw is followed by what a report of it needs: what was thrown, where, and by which version; and
 * so is a store that gave up, since its own words say too little of why.
 * Commands stand in texts as `tracellm keys create`, and are shown as this user can type them.
 */
export function errorLines(
  error: unknown,
  { columns, glyphs }: Pick<Screen, 'columns' | 'glyphs'>,
  typeCommand: TypeCommand,
): StyledText[] {
  const fault = faultOf(error)
  const paragraph = (text: string): StyledText[] =>
    text
      .split('\n')
      .map((line) => line.replace(/`tracellm ([^`]+)`/g, (_, words: string) => `\`${typeCommand(words)}\``))
      .flatMap((line) => wrapText(line, columns - indent).map((part) => [plain(' '.repeat(indent) + part)]))
  return [
    [styled('fail', `${glyphs.failed} `), styled('strong', fault.title), styled('dim', `   ${fault.code}`)],
    [],
    ...paragraph(sentence(fault.detail)),
    ...(fault.fix === undefined ? [] : [[], ...paragraph(sentence(fault.fix))]),
    [],
    ...(isForeseen(error) && !hasGivenUp(error) ? [] : [...reportLines(error), []]),
  ]
}

/** What a server says of keys is for programs that send one; commands have theirs from a variable. */
const keyFix =
  'Set TRACELLM_API_KEY to a good key of that server. Whoever runs it makes one on its machine, with tracellm keys create.'

const givenUpFix = 'Try again. If it stays so, please report it with the lines below.'

function faultOf(error: unknown): Fault {
  if (isForeseen(error)) {
    const isOfServer = !(error instanceof TraceLLMError)
    const isAboutKey = error.code === 'TL_KEY_REQUIRED' || error.code === 'TL_KEY_UNKNOWN'
    const { code, title, detail, fix } = error
    if (isOfServer && isAboutKey) return { code, title, detail, fix: keyFix }
    return { code, title, detail, fix: hasGivenUp(error) ? givenUpFix : fix }
  }
  return {
    code: 'TL_INTERNAL',
    title: 'Something went wrong that should not',
    detail: detailOf(error),
    fix: 'This is a fault of TraceLLM: please report it with the lines below.',
  }
}

/** A failure that a user can act on, or what a server said: of a fault of its own the server's log says more. */
function isForeseen(error: unknown): error is Error & Fault {
  if (error instanceof TraceLLMError) return error.code !== 'TL_INTERNAL'
  return error instanceof Error && 'code' in error && 'title' in error && 'detail' in error
}

/** A thread that has died is no longer there to be asked. */
function hasGivenUp(error: Error & Fault): boolean {
  return error.code === 'TL_STORE_UNAVAILABLE' && error.cause !== undefined
}

function detailOf(error: unknown): string {
  if (error instanceof TraceLLMError) return error.detail
  return error instanceof Error ? error.message : String(error)
}

/** What was thrown first says most: what another thread failed with is the cause of the error that came of it here. */
function reportLines(error: unknown): StyledText[] {
  const origin = originOf(error)
  const frames = (origin instanceof Error && origin.stack?.match(/^\s+at .*$/gm)) || []
  const version = `tracellm ${tracellmVersion()} on Node ${process.versions.node}, ${process.platform}`
  const name = origin instanceof Error ? `${origin.name}: ${origin.message}` : inspect(origin)
  return [...name.split('\n'), ...frames, version].map((line) => [styled('dim', ' '.repeat(indent) + line.trim())])
}

function originOf(error: unknown, seen: readonly unknown[] = []): unknown {
  const isLast = !(error instanceof Error) || error.cause === undefined || seen.includes(error.cause)
  return isLast ? error : originOf(error.cause, [...seen, error])
}

/** Errors of programs start small and end open; on a screen they are sentences, unless they are lists. */
function sentence(text: string): string {
  const start = /^[a-z]{2,}[ ,]/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
  return /[.!?:)`"]$/.test(start) || start === '' || start.includes('\n') ? start : `${start}.`
}
