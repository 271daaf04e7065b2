/** What a list has to choose from. */
interface TraceTexts {
  readonly name: string
  readonly prompt: string | null
  readonly failureReason: string | null
  readonly response: string | null
}

/**
 * What a list says of a trace beside its name, in a few words: what was asked; where nothing was, or the name says it
 * already, why it failed or what was answered. Empty when there is nothing more to say.
 */
export function tracePreview({ name, prompt, failureReason, response }: TraceTexts): string {
  const asked = prompt === null || isSaidBy(name, prompt) ? null : prompt
  return asked ?? failureReason ?? response ?? ''
}

/** A trace without a name is called by what was asked, cut where that is long. */
function isSaidBy(name: string, prompt: string): boolean {
  return name === prompt || (name.endsWith('…') && prompt.startsWith(name.slice(0, -1)))
}
