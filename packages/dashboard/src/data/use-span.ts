import type { JsonValue } from '@tracellm/core'
import { useQuery } from '@tanstack/react-query'
import { useData } from './data.tsx'
import { queryKeys } from './query-keys.ts'

/** Longer bodies come when somebody asks for the rest of them. */
const bodyLimitBytes = 65_536

/** One span with its bodies, read when it is looked at. */
export function useSpan(traceId: string, spanId: string, projectId: string | undefined) {
  const { client } = useData()
  return useQuery({
    queryKey: queryKeys.span(traceId, spanId, projectId),
    queryFn: ({ signal }) =>
      client.readSpan(traceId, spanId, { project_id: projectId, body_limit: bodyLimitBytes }, { signal }),
  })
}

/** A body that was cut, whole; read once `isWanted`. */
export function useBody(traceId: string, body: string, projectId: string | undefined, isWanted: boolean) {
  const { client } = useData()
  return useQuery({
    queryKey: queryKeys.body(traceId, body, projectId),
    queryFn: async ({ signal }): Promise<JsonValue> =>
      JSON.parse(await client.readBody(traceId, body, { project_id: projectId }, { signal })),
    enabled: isWanted,
  })
}
