import type { SettingJson } from '@tracellm/core/wire'
import type { Scope, TraceStore } from '@tracellm/store'
import type { IngestCounts } from './counters.ts'
import type { RecentRequest } from './ingest/recent-requests.ts'
import type { KeyHolders } from './live/key-holders.ts'
import type { Route } from './routes/route.ts'

/** What the application is made of. All of it is handed in; it opens and closes nothing. */
export interface AppParts {
  readonly store: TraceStore
  readonly ingest: IngestPort
  readonly live: LivePort
  readonly settings: ServerSettings
  /** Microseconds since the epoch. */
  readonly clock: () => number
  /** The built dashboard; without it every answer is JSON. */
  readonly dashboardFolder?: string
  readonly version: string
  /** What starts this server again, for whoever started it. */
  readonly startCommand?: string
  /** Takes a line for the operator, never contents of spans. */
  readonly log?: (line: string) => void
}

/** The half that takes spans in, as the routes see it. */
export interface IngestPort {
  readonly routes: readonly Route[]
  readonly counts: IngestCounts
  /**
   * The newest requests to ingest paths, newest first. A scope that names a project gets those that came with a key of
   * that project; without one, all of them.
   */
  recentRequests(scope: Scope): readonly RecentRequest[]
}

/** The half that feeds sockets, as the routes see it. The upgrade to a socket is its own. */
export interface LivePort {
  readonly clients: number
  readonly sequence: number
  /** Absent where no socket is let in. */
  readonly keyHolders?: KeyHolders
}

export interface ServerSettings extends AccessSettings {
  /** For `GET /settings`: everything in force, secrets masked already. */
  readonly inForce: readonly SettingJson[]
}

export interface AccessSettings {
  /** Follows from the address bound, never from the peer, so that a proxy turns nobody into a local. */
  readonly keysRequired: boolean
  /** Further names under which the server may be called: `name`, or `name:port`. */
  readonly allowedHosts: readonly string[]
  /** Further origins whose pages may call: `https://app.example`. */
  readonly corsOrigins: readonly string[]
}
