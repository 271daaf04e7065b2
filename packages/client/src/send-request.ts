import { errorOfResponse, unreachable } from './client-error.ts'

/** What a query string can say: numbers in decimals, lists with commas between, nothing for what is absent. */
export type QueryValue = string | number | boolean | readonly string[] | undefined

export type QueryFields = Readonly<Record<string, QueryValue>>

export interface ClientRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** From the root: `/traces`. */
  readonly path: string
  readonly query?: QueryFields | undefined
  /** Sent as JSON. */
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/** The platform's `fetch`, or `app.request` of a server in the same process. */
export type Fetch = (url: string, init: RequestInit) => Response | Promise<Response>

export interface Connection {
  readonly fetch: Fetch
  readonly baseUrl: string
  readonly key: () => string | undefined
}

/**
 * Sends a request and gives the answer, once it is a success.
 * @throws ClientError what the server said; `TL_SERVER_UNREACHABLE` when none answered. A request that its `signal`
 * aborted throws the signal's reason.
 */
export async function sendRequest(connection: Connection, request: ClientRequest): Promise<Response> {
  const address = connection.baseUrl + request.path
  const url = address + queryText(request.query ?? {})
  let response
  try {
    response = await connection.fetch(url, requestInit(request, connection.key()))
  } catch (cause) {
    request.signal?.throwIfAborted()
    throw unreachable(connection.baseUrl, cause)
  }
  if (!response.ok) throw await errorOfResponse(response, address)
  return response
}

function requestInit({ method = 'GET', body, signal }: ClientRequest, key: string | undefined): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (key !== undefined) headers['authorization'] = `Bearer ${key}`
  if (body !== undefined) headers['content-type'] = 'application/json'
  return {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  }
}

/** With its question mark; empty when nothing is asked for. */
export function queryText(query: QueryFields): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.append(name, String(value))
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}
