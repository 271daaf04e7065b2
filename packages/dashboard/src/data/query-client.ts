import { ClientError, hasCode } from '@tracellm/client'
import { QueryCache, QueryClient } from '@tanstack/react-query'
import { keyProblem } from './api-key.ts'

/** The cache of server data. The socket keeps it fresh, so nothing is asked for twice because a window came back. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: askForKey }),
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        // Nobody answers: the socket says when somebody does again. Anything the server says stays true for a while.
        retry: (failures, error) => failures < 2 && error instanceof ClientError && error.status === 503,
        // The server is on this machine more often than not, whatever the browser thinks of its network.
        networkMode: 'always',
      },
    },
  })
}

function askForKey(error: Error): void {
  if (!(error instanceof ClientError) || error.status !== 401) return
  keyProblem.set(hasCode(error, 'TL_KEY_UNKNOWN') ? 'unknown' : 'missing')
}
