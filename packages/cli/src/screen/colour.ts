/** What a piece of text is, which decides its colour. Source: `terminal` colours by role of the design. */
export type Role = 'strong' | 'dim' | 'here' | 'fail' | 'warn' | 'llm' | 'tool' | 'retriever'

/** Puts the escape codes of a role around a text that has none of its own. */
export type Paint = (role: Role, text: string) => string

/** Sixteen ANSI colours only, so that the user's own theme decides the shades. Success has none. */
const codes: Readonly<Record<Role, readonly [on: number, off: number]>> = {
  strong: [1, 22],
  dim: [90, 39],
  here: [34, 39],
  fail: [31, 39],
  warn: [33, 39],
  llm: [35, 39],
  tool: [36, 39],
  retriever: [32, 39],
}

/**
 * Colours for a terminal, only bold with `NO_COLOR`, nothing for a pipe or `TERM=dumb`.
 * `FORCE_COLOR` asks for colour in a pipe. Sources: no-color.org, force-color.org.
 */
export function paintFor(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): Paint {
  const isForced = isSet(env['FORCE_COLOR']) && env['FORCE_COLOR'] !== '0'
  if (!isForced && (!isTerminal || env['TERM'] === 'dumb')) return (_role, text) => text
  const onlyBold = !isForced && isSet(env['NO_COLOR'])
  return (role, text) => (text === '' || (onlyBold && role !== 'strong') ? text : wrap(codes[role], text))
}

function wrap([on, off]: readonly [on: number, off: number], text: string): string {
  return `\u001b[${on}m${text}\u001b[${off}m`
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}
