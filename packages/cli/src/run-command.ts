import { TraceLLMError } from '@tracellm/core'
import { likelyTarget, typeCommandFor } from './advice/type-command.ts'
import { closestWord } from './closest-word.ts'
import type { CommandContext } from './command-context.ts'
import { commandTable, type CommandEntry } from './commands/command-table.ts'
import { commandLines, overviewLines } from './commands/help.ts'
import { errorLines } from './screen/error-screen.ts'
import { createScreen } from './screen/screen.ts'
import { plain } from './screen/styled-text.ts'
import { tracellmVersion } from './version.ts'

/** What a shell expects of a command that was called wrongly. */
const exitCodeOfUsage = 2

/** Runs `tracellm <argv>` and gives its exit code; an error is printed, never thrown. */
export async function runCommand(argv: readonly string[], context: CommandContext): Promise<number> {
  try {
    const [name, ...rest] = argv
    if (name === undefined || isHelp(name)) return showHelp(rest[0], context)
    if (name === '--version' || name === '-v' || name === 'version') {
      createScreen(context.stdout, context.env).print([plain(`tracellm ${tracellmVersion()}`)])
      return 0
    }
    const entry = findCommand(name)
    if (asksForHelp(rest)) return showHelp(name, context)
    const command = await entry.load()
    return await command(rest, context)
  } catch (error) {
    const screen = createScreen(context.stderr, context.env)
    screen.print(...errorLines(error, screen, typeCommandFor(likelyTarget(argv, context), context)))
    return error instanceof TraceLLMError && error.code === 'TL_USAGE' ? exitCodeOfUsage : 1
  }
}

function showHelp(name: string | undefined, { stdout, env }: CommandContext): number {
  const screen = createScreen(stdout, env)
  const lines =
    name === undefined || isHelp(name)
      ? overviewLines(commandTable, tracellmVersion(), screen)
      : commandLines(findCommand(name), screen)
  screen.print(...lines)
  return 0
}

function findCommand(name: string): CommandEntry {
  const entry = commandTable.find((candidate) => candidate.name === name)
  if (entry !== undefined) return entry
  const meant = closestWord(
    name,
    commandTable.map((candidate) => candidate.name),
  )
  const detail = `There is no command ${name}.`
  throw new TraceLLMError('TL_USAGE', meant === undefined ? detail : `${detail} Did you mean ${meant}?`)
}

function isHelp(word: string): boolean {
  return word === 'help' || word === '--help' || word === '-h'
}

/** Anywhere among the options; after `--` it is a word like any other. */
function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return argv.slice(0, end === -1 ? argv.length : end).some((argument) => argument === '--help' || argument === '-h')
}
