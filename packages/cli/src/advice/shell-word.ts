/** A text as one word of a command line, as shells of Linux and macOS read it. A `~` at the start still means home. */
export function shellWord(text: string): string {
  return /^(~\/)?[\w@%+.,:=/-]+$|^~$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
