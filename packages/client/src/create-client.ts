import { createQueries, type Queries } from './queries.ts'
import type { Fetch } from './send-request.ts'

export interface ClientOptions {
  /** Where the server is, without a slash at its end: `http://127.0.0.1:8000` (the origin of the page). */
  readonly baseUrl?: string
  /** What carries the requests (the platform's `fetch`). A server in the same process gives its `app.request`. */
  readonly fetch?: Fetch
  /** An API key, or where to look for one at every request (none). */
  readonly key?: string | (() => string | undefined) | undefined
}

export interface Client extends Queries {
  readonly baseUrl: string
}

/** Everything that one server can be asked. Opens nothing, so there is nothing to close. */
export function createClient(options: ClientOptions = {}): Client {
  const { baseUrl = '', fetch = globalThis.fetch.bind(globalThis), key } = options
  return { baseUrl, ...createQueries({ baseUrl, fetch, key: typeof key === 'function' ? key : () => key }) }
}
