import type { Suggestion } from '../../layout/filter-terms.ts'

export interface SuggestionsProps {
  readonly suggestions: readonly Suggestion[]
  readonly chosen: number
  readonly take: (text: string) => void
}

/** How what is typed may go on. The field keeps the focus and the keys; the pointer must not take it away. */
export function Suggestions({ suggestions, chosen, take }: SuggestionsProps) {
  return (
    <div id="filter-suggestions" role="listbox" aria-label="How the filter may go on" hidden={suggestions.length === 0}>
      {suggestions.map(({ text, about }, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={text}
          id={`filter-suggestion-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => take(text)}
        >
          <code>{text}</code>
          <span className="cut">{about}</span>
        </div>
      ))}
    </div>
  )
}
