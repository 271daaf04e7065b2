import { lazy, type ComponentType } from 'react'
import { TracesPage } from './pages/traces/traces-page.tsx'

/** What a page is told by its address; anything else it reads from the parameters. */
export interface PageProps {
  /** What the address names, such as a trace; empty where it names nothing. */
  readonly id: string
}

export interface Route {
  readonly path: RegExp
  readonly page: ComponentType<PageProps>
  /** A page that needs the width leaves the rail its icons. */
  readonly isWide: boolean
}

const loadTracePage = () => import('./pages/trace/trace-page.tsx')

/** Every page. What is not here is said to be missing; what comes later has its place in the rail when it is there. */
const routes: readonly Route[] = [
  { path: /^\/(?:traces\/?)?$/, page: TracesPage, isWide: false },
  {
    path: /^\/traces\/([^/]+)\/?$/,
    page: lazy(async () => ({ default: (await loadTracePage()).TracePage })),
    isWide: true,
  },
]

/** The page of a path and what the path names; `undefined` where there is none, or where its percent signs say nothing. */
export function findRoute(path: string): { route: Route; id: string } | undefined {
  for (const route of routes) {
    const match = route.path.exec(path)
    const id = match === null ? undefined : decodedText(match[1] ?? '')
    if (id !== undefined) return { route, id }
  }
  return undefined
}

function decodedText(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Fetches the pages that are one click away, once there is nothing better to do. */
export function fetchOtherPages(): void {
  const later = window.requestIdleCallback ?? ((act: () => void) => setTimeout(act, 1000))
  // What cannot be fetched now is asked for again when it is wanted.
  later(() => void loadTracePage().catch(() => undefined))
}
