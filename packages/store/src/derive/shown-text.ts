import { cutText, inputText, outputText, type Content } from '@tracellm/core'

/** The texts of a span that its trace may show. */
export const shownTexts = ['input', 'output', 'traceInput', 'traceOutput'] as const
export type ShownText = (typeof shownTexts)[number]

/** Bits that say which of them a span has. Rows keep them so; the lowest bit is another flag there. */
export const hasText: Readonly<Record<ShownText, number>> = { input: 2, output: 4, traceInput: 8, traceOutput: 16 }

/** A text cut to what lists show. */
export interface CutText {
  readonly text: string
  readonly isCut: boolean
}

/** Those of one span. */
export type ShownTexts = { readonly [Text in ShownText]?: CutText }

const maxShownCharacters = 500

/** How much of a text is looked at for that: a character may be two of JavaScript's. */
const maxLookedAt = 2 * maxShownCharacters + 1

/** The start of what a content shows as one of these texts. @returns `undefined` when there is nothing to show. */
export function shownTextOf(which: ShownText, content: Content): string | undefined {
  return which === 'input' || which === 'traceInput'
    ? inputText(content, maxLookedAt)
    : outputText(content, maxLookedAt)
}

export function cutShown(text: string | undefined): CutText | undefined {
  if (text === undefined) return undefined
  const cut = cutText(text, maxShownCharacters)
  return { text: cut, isCut: cut !== text }
}
