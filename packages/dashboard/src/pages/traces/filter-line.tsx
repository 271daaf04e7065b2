import type { TraceJson } from '@tracellm/core/wire'
import { useRef, useState, type KeyboardEvent } from 'react'
import type { TraceFilter } from '../../data/trace-filter.ts'
import { filterTerms, parseTerm, suggestTerms } from '../../layout/filter-terms.ts'
import { Icon } from '../../parts/icon.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { addressWith, navigate, type Place } from '../../router/place.ts'
import { Suggestions } from './suggestions.tsx'
import './filter-line.css'

export interface FilterLineProps {
  readonly filter: TraceFilter
  /** What is loaded: where suggestions come from. */
  readonly traces: readonly TraceJson[]
  readonly place: Place
  readonly total: string | undefined
}

/** The filter as terms, and a field in which the next one is typed, with how it may go on below it. */
export function FilterLine({ filter, traces, place, total }: FilterLineProps) {
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState(-1)
  const [problem, setProblem] = useState<string>()
  useKeys({ '/': () => field.current?.focus() })
  const terms = filterTerms(filter)
  const suggestions = isOpen ? suggestTerms(text, filter, traces) : []

  function type(typed: string) {
    setText(typed)
    setChosen(-1)
    setProblem(undefined)
    setOpen(true)
  }

  function drop(parameter: string) {
    navigate(addressWith(place, { [parameter]: undefined }))
    field.current?.focus()
  }

  /** A name that waits for its value goes on being typed; a whole term is put into the address. */
  function take(taken: string) {
    if (taken.endsWith(':')) return type(taken)
    const term = parseTerm(taken)
    if ('problem' in term) return setProblem(term.problem)
    type('')
    setOpen(false)
    navigate(addressWith(place, { [term.parameter]: term.value }))
  }

  function press(event: KeyboardEvent<HTMLInputElement>) {
    const last = terms.at(-1)
    const isAtStart = text === '' && last !== undefined
    const suggestion = suggestions[chosen] ?? (event.key === 'Tab' && text !== '' ? suggestions[0] : undefined)
    if (event.key === 'ArrowDown') setChosen(Math.min(suggestions.length - 1, chosen + 1))
    else if (event.key === 'ArrowUp') setChosen(Math.max(-1, chosen - 1))
    else if ((event.key === 'Enter' || event.key === 'Tab') && suggestion !== undefined) take(suggestion.text)
    else if (event.key === 'Enter' && text !== '') take(text)
    else if (event.key === 'Backspace' && isAtStart) drop(last.parameter)
    else if (event.key === 'Escape' && isOpen && text !== '') type('')
    else if (event.key === 'Escape') field.current?.blur()
    else return
    event.preventDefault()
  }

  return (
    <search className="filter-line">
      <Icon name="search" />
      {terms.map(({ parameter, name, value }) => (
        <button
          key={parameter}
          type="button"
          className="term"
          aria-label={`Drop the filter ${name}:${value}`}
          title="Drop this filter"
          onClick={() => drop(parameter)}
        >
          <span>{name}:</span>
          {value}
        </button>
      ))}
      <input
        ref={field}
        value={text}
        placeholder={terms.length === 0 ? 'Filter: status, model, session, user' : ''}
        role="combobox"
        aria-label="Filter"
        aria-expanded={suggestions.length > 0}
        aria-controls="filter-suggestions"
        aria-activedescendant={chosen === -1 ? undefined : `filter-suggestion-${chosen}`}
        aria-invalid={problem !== undefined}
        aria-describedby="filter-problem"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => type(event.target.value)}
        onKeyDown={press}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
      />
      {total !== undefined && <span className="total">{total}</span>}
      <kbd>/</kbd>
      <p id="filter-problem" className="problem" role="status">
        {problem}
      </p>
      <Suggestions suggestions={suggestions} chosen={chosen} take={take} />
    </search>
  )
}
