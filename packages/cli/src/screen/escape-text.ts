/** Whitespace that would break a line, as one space. */
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g

/**
 * What a terminal would obey instead of showing: control characters, and marks that turn the direction of writing.
 * A lone surrogate cannot be written as UTF-8.
 */
// oxlint-disable-next-line no-control-regex -- they are what it looks for
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu

/**
 * Text of one line that can only be read: `ESC` becomes `^[`, as `cat -v` writes it, and what else could move the
 * cursor, set the title or reorder the line becomes `\u202e` and the like. Escaping it again changes nothing.
 */
export function escapeText(text: string): string {
  return text.replace(breaks, ' ').replace(unsafe, escapeCharacter)
}

/** The same for JSON, which stays the same value: what `JSON.stringify` leaves as it is, is written as an escape. */
export function escapeJson(json: string): string {
  return json.replace(unsafe, (character) => escapeCodeUnit(character))
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0)
  if (code <= 0x1f) return `^${String.fromCharCode(code + 0x40)}`
  return code === 0x7f ? '^?' : escapeCodeUnit(character)
}

function escapeCodeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
