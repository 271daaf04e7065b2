import type { HealthJson } from '@tracellm/core/wire'
import { useQuery } from '@tanstack/react-query'
import { spanRate } from '../layout/span-rate.ts'
import { useData } from './data.tsx'
import { queryKeys } from './query-keys.ts'

const intervalMs = 5000

export interface Health {
  readonly health: HealthJson
  /** Since the answer before; `undefined` for the first. */
  readonly spansPerSecond: number | undefined
}

/** Whether the server is well and what it has taken in, asked now and then while the page is looked at. */
export function useHealth(): Health | undefined {
  const { client, queries } = useData()
  const { data } = useQuery({
    queryKey: queryKeys.health,
    queryFn: async ({ signal }): Promise<Health> => {
      const before = queries.getQueryData<Health>(queryKeys.health)
      const health = await client.readHealth({ signal })
      return { health, spansPerSecond: before && spanRate(before.health, health) }
    },
    refetchInterval: intervalMs,
    structuralSharing: false,
  })
  return data
}
