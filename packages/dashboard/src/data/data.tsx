import { createClient, LiveSubscription, type Client } from '@tracellm/client'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, use } from 'react'
import { apiKey } from './api-key.ts'
import { firstLiveStatus, nextLiveStatus, type LiveStatus } from './live-status.ts'
import { takeLiveEvents } from './live-updates.ts'
import { createQueryClient } from './query-client.ts'
import { ReadingAnew } from './reading-anew.ts'
import { RecentTraces } from './recent-traces.ts'
import { ValueStore } from './value-store.ts'

/** What the pages ask: the server, what it has said, and what it says of its own accord. */
export interface Data {
  readonly client: Client
  readonly queries: QueryClient
  readonly recent: RecentTraces
  readonly live: LiveSubscription
  readonly liveStatus: ValueStore<LiveStatus>
}

export function openData(origin: string): Data {
  const client = createClient({ key: apiKey.get })
  const queries = createQueryClient()
  const recent = new RecentTraces()
  const liveStatus = new ValueStore(firstLiveStatus)
  const anew = new ReadingAnew(queries)
  const live = new LiveSubscription({
    baseUrl: origin,
    key: apiKey.get,
    longestDelayMs: 5000,
    onEvents: (events) => {
      takeLiveEvents(queries, recent, events, performance.now())
      if (events.some(({ type }) => type === 'system.gap')) anew.readAll()
    },
    onState: (state) => {
      liveStatus.set(nextLiveStatus(liveStatus.get(), state, Date.now()))
      if (state.status !== 'open') return
      if (state.resumed) anew.readSteps()
      else anew.readAll()
    },
  })
  // With another key other projects are seen.
  apiKey.subscribe(() => {
    void queries.resetQueries()
    live.retryNow()
  })
  return { client, queries, recent, live, liveStatus }
}

const DataContext = createContext<Data | undefined>(undefined)

export const DataProvider = DataContext.Provider

export function useData(): Data {
  const data = use(DataContext)
  if (data === undefined) throw new Error('There is no DataProvider around this.')
  return data
}
