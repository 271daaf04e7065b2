import { TraceLLMError } from '@tracellm/core'
import { z } from 'zod'
import { defineRoute, type Route } from './route.ts'

/** What one would ask for, and what does as well until then. */
interface LaterRoute extends Pick<Route, 'method' | 'path'> {
  readonly what: string
  readonly fix?: string
}

/** The heading of routes that are not there yet. */
export const laterGroup = 'Later'

const later: readonly LaterRoute[] = [
  { method: 'GET', path: '/sessions', what: 'a list of sessions', fix: 'Use GET /traces?session_id=….' },
  { method: 'GET', path: '/sessions/{session_id}', what: 'a session', fix: 'Use GET /traces?session_id=….' },
  {
    method: 'DELETE',
    path: '/sessions/{session_id}',
    what: 'the deletion of a session',
    fix: 'Delete its traces one by one, with DELETE /traces/{trace_id}.',
  },
  { method: 'GET', path: '/search', what: 'search' },
  { method: 'GET', path: '/filter/complete', what: 'the completion of filters' },
  {
    method: 'GET',
    path: '/traces/facets',
    what: 'the facets of a list',
    fix: 'GET /analytics counts by status, model, project and tool.',
  },
  {
    method: 'POST',
    path: '/traces/delete',
    what: 'the deletion of many traces',
    fix: 'Delete them one by one, with DELETE /traces/{trace_id}.',
  },
  { method: 'GET', path: '/projects/{project_id}/retention', what: 'retention' },
  { method: 'PUT', path: '/projects/{project_id}/retention', what: 'retention' },
]

/**
 * Routes that the contract has and that come later, so that nobody takes them for a mistake in the path. To be listed
 * before those whose parameters would take their names: `/traces/facets` is no trace.
 */
export function laterRoutes(): Route[] {
  return later.map(({ method, path, what, fix }) =>
    defineRoute({
      method,
      path,
      scope: method === 'GET' ? 'read' : 'admin',
      group: laterGroup,
      summary: `Comes later: ${what}`,
      undocumented: true,
      query: z.looseObject({}),
      answer: z.never(),
      handle() {
        const options = fix === undefined ? {} : { fix }
        throw new TraceLLMError('TL_NOT_YET', `${what} comes with a later version`, options)
      },
    }),
  )
}
