/**
 * How many cells of a terminal a text takes.
 *
 * A grapheme (what a person calls a character) takes two when it is an emoji or East Asian wide, none when it is made
 * of marks only, else one. Source: Unicode 17, East Asian Width `W` and `F`, UAX 11; emoji presentation, UTS 51.
 */
export function textWidth(text: string): number {
  if (isPlain(text)) return text.length
  let width = 0
  for (const { segment } of graphemes(text)) width += graphemeWidth(segment)
  return width
}

/** The longest start of a text that takes at most `columns` cells. */
export function takeColumns(text: string, columns: number): string {
  if (isPlain(text)) return text.slice(0, Math.max(0, columns))
  let width = 0
  let taken = ''
  for (const { segment } of graphemes(text)) {
    width += graphemeWidth(segment)
    if (width > columns) break
    taken += segment
  }
  return taken
}

/** ASCII, Latin letters, punctuation, arrows and what trees are drawn with: most text, one cell each, in no need of tables. */
function isPlain(text: string): boolean {
  return /^[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u25fc]*$/.test(text)
}

let segmenter: Intl.Segmenter | undefined

function graphemes(text: string): Iterable<{ readonly segment: string }> {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return segmenter.segment(text)
}

/** A grapheme that is drawn as a picture: by itself, asked to be by U+FE0F, or two letters that make a flag. */
const picture = /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\u{fe0f}|[0-9#*]\u{fe0f}?\u{20e3}|\p{RI}\p{RI})/u
const marks = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u

function graphemeWidth(grapheme: string): number {
  if (marks.test(grapheme)) return 0
  return picture.test(grapheme) || isWide(grapheme.codePointAt(0) ?? 0) ? 2 : 1
}

/** East Asian Width `W` and `F`, apart from emoji; first and last of each range. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f], // Hangul initials
  [0x2e80, 0x303e], // radicals, CJK punctuation
  [0x3041, 0x33ff], // kana, bopomofo, compatibility
  [0x3400, 0x4dbf],
  [0x4dc0, 0x4dff],
  [0x4e00, 0x9fff], // unified ideographs
  [0xa000, 0xa4cf], // Yi
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3], // Hangul syllables
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60], // full-width forms
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff], // Tangut and its neighbours
  [0x1aff0, 0x1b2ff], // kana supplements
  [0x1d300, 0x1d376],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd], // ideographs of the higher planes
]

function isWide(codePoint: number): boolean {
  return wideRanges.some(([first, last]) => codePoint >= first && codePoint <= last)
}
