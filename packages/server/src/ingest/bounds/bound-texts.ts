import { maxNameCharacters } from '@tracellm/core'
import type { Cuts } from './cuts.ts'

type Shorten = (text: string) => string

/** A field whose text is kept short: how, and as what the whole of it is kept. */
export interface TextRow<Holder> {
  readonly field: keyof Holder & string
  readonly shorten: Shorten
  readonly shown: string
}

/** Rows of some fields of one object. @param owner what the names of the wholes begin with: `tool_`. */
export function textRows<Holder>(
  owner: string,
  fields: { readonly [Field in keyof Holder]?: Shorten },
): readonly TextRow<Holder>[] {
  return Object.entries<Shorten | undefined>(fields).map(([field, shorten]) => ({
    field: field as keyof Holder & string,
    shorten: shorten!,
    shown: owner + snakeCase(field),
  }))
}

function snakeCase(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The object itself, or a copy in which the texts of the rows are short. */
export function boundTexts<Holder extends object>(
  holder: Holder,
  rows: readonly TextRow<Holder>[],
  cuts: Cuts,
): Holder {
  let bound: Holder | undefined
  for (const { field, shorten, shown } of rows) {
    const text = holder[field]
    if (typeof text !== 'string' || text.length <= maxNameCharacters) continue
    const short = shorten(text)
    // A character may be two of JavaScript's.
    if (short === text) continue
    bound ??= { ...holder }
    Object.assign(bound, { [field]: short })
    cuts.keep(shown, text)
  }
  return bound ?? holder
}
