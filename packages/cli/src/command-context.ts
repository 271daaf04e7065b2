import { homedir } from 'node:os'

/** Where a command writes. */
export interface Output {
  write(text: string): void
  readonly isTerminal: boolean
  /** How wide the terminal is; `undefined` for a pipe or a file. */
  readonly columns: number | undefined
}

/** Everything that a command knows of the world. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Output
  readonly stderr: Output
  /** Of the user. */
  readonly homeFolder: string
  readonly workingFolder: string
  /** Microseconds since the epoch. */
  readonly clock: () => number
}

/** A command: it reads its arguments, does its work, and gives the exit code. */
export type Command = (argv: readonly string[], context: CommandContext) => Promise<number>

/** The world of this process. */
export function processContext(): CommandContext {
  return {
    env: process.env,
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    homeFolder: homedir(),
    workingFolder: process.cwd(),
    clock: () => Date.now() * 1000,
  }
}

/** Whoever reads a pipe may leave early, as `head` does: then there is nothing more to say to it. */
function outputOf(stream: NodeJS.WriteStream): Output {
  let isOpen = true
  stream.on('error', () => (isOpen = false))
  return {
    write: (text) => void (isOpen && stream.write(text)),
    isTerminal: stream.isTTY,
    get columns() {
      return stream.isTTY ? stream.columns : undefined
    },
  }
}
