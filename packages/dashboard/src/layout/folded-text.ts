/** A long text as far as it is shown at first. */
export interface FoldedText {
  readonly shown: string
  /** What is not; `undefined` when all of it is shown. */
  readonly more: { readonly lines: number; readonly bytes: number } | undefined
}

/** How much of a text is shown at first. */
export interface TextLimits {
  readonly lines: number
  readonly characters: number
}

const usual: TextLimits = { lines: 12, characters: 1000 }

/** Cuts a text after whole lines where it has any, and never through a character. A little more than that is shown. */
export function foldText(text: string, { lines, characters }: TextLimits = usual): FoldedText {
  const end = Math.min(endOfLines(text, Math.ceil(lines * 1.3)), Math.ceil(characters * 1.3))
  if (text.length <= end) return { shown: text, more: undefined }
  const cut = Math.min(endOfLines(text, lines), wordEnd(text, characters))
  const rest = text.slice(cut)
  return {
    shown: text.slice(0, cut),
    more: { lines: rest.split('\n').length - Number(rest.startsWith('\n')), bytes: byteLength(rest) },
  }
}

/** Where the line after so many begins: the length of the text when it has fewer. */
function endOfLines(text: string, lines: number): number {
  let end = -1
  for (let line = 0; line < lines; line++) {
    end = text.indexOf('\n', end + 1)
    if (end === -1) return text.length
  }
  return end
}

/** The last space before `at`, unless that is far away, as in scripts without spaces. */
function wordEnd(text: string, at: number): number {
  const space = text.lastIndexOf(' ', at)
  const end = space > Math.max(0, at - 80) ? space : at
  const isHalf = (text.codePointAt(end - 1) ?? 0) > 0xffff
  return isHalf ? end - 1 : end
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
