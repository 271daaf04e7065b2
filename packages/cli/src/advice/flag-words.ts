import { shellWord } from './shell-word.ts'

/** What an option can hold, by its kind. */
type Given = string | boolean | readonly string[]

/** Options as they were given, those of the flags named and in their order: `['--limit 5', '--all']`. */
export function flagWords(values: Readonly<Record<string, Given | undefined>>, flags: readonly string[]): string[] {
  return flags.flatMap((flag) => {
    const value = values[flag]
    if (value === undefined || value === false) return []
    if (value === true) return [`--${flag}`]
    return [`--${flag} ${shellWord(typeof value === 'string' ? value : value.join(','))}`]
  })
}
