import { useSyncExternalStore } from 'react'

/** Where the page is, as the address bar says it. The History API is the only router this takes. */
export interface Place {
  /** Percent signs and all: `/traces/5b8e…`. */
  readonly path: string
  readonly search: URLSearchParams
}

export interface Move {
  /** Takes the place of the current entry of the history (false). */
  readonly replace?: boolean
}

/** What an entry of the history remembers beside its address. */
interface Entry {
  /** The address one came from, by a move inside the dashboard. */
  readonly from?: string
}

const listeners = new Set<() => void>()

/** Goes to an address of the dashboard without loading a page. */
export function navigate(to: string, { replace = false }: Move = {}): void {
  const entry: Entry = replace ? history.state : { from: address() }
  if (replace) history.replaceState(entry, '', to)
  else history.pushState(entry, '', to)
  for (const listener of listeners) listener()
}

/** Back to where one came from when that is a place of `path`, so that it looks as it was left; else to `path` anew. */
export function goBackTo(path: string): void {
  const { from } = (history.state ?? {}) as Entry
  if (from !== undefined && new URL(from, location.origin).pathname === path) history.back()
  else navigate(path)
}

export function usePlace(): Place {
  const here = useSyncExternalStore(subscribe, address)
  const { pathname, searchParams } = new URL(here, location.origin)
  return { path: pathname, search: searchParams }
}

/** The same place with other parameters; `undefined` takes one away. */
export function addressWith({ path, search }: Place, changes: Readonly<Record<string, string | undefined>>): string {
  const changed = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) changed.delete(name)
    else changed.set(name, value)
  }
  const text = changed.toString()
  return text === '' ? path : `${path}?${text}`
}

function address(): string {
  return location.pathname + location.search
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}
