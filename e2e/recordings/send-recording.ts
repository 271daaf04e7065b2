import {
  fixtureClients,
  readFixture,
  type FixtureClient,
  type FixtureRequest,
} from '../../fixtures/otlp/read-fixture.ts'

export { fixtureClients, type FixtureClient }

/** How the requests of a recording are sent: the figures must be the same each time. */
export const orders = ['as recorded', 'each twice', 'in reverse', 'shuffled'] as const
export type Order = (typeof orders)[number]

export interface SendOptions {
  /** Headers beside those recorded. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends every request of a recording as its client did, to a path below `baseUrl`. Throws unless each gets a 200. */
export async function sendRecording(
  client: FixtureClient,
  order: Order,
  baseUrl: string,
  options: SendOptions = {},
): Promise<void> {
  for (const { path, headers, body, method } of inOrder(readFixture(client), order)) {
    const answer = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { ...sendable(headers), ...options.headers },
      body: new Uint8Array(body),
    })
    if (answer.status !== 200) throw new Error(`${client} ${path}: ${answer.status} ${await answer.text()}`)
    await answer.arrayBuffer()
  }
}

function inOrder(requests: readonly FixtureRequest[], order: Order): FixtureRequest[] {
  switch (order) {
    case 'as recorded':
      return [...requests]
    case 'each twice':
      return requests.flatMap((request) => [request, request])
    case 'in reverse':
      return requests.toReversed()
    case 'shuffled':
      // By a place that the sequence of files does not follow, and the same every time.
      return requests.toSorted(
        (one, other) => ((one.file.charCodeAt(2) * 7) % 5) - ((other.file.charCodeAt(2) * 7) % 5),
      )
  }
}

/** What the connection decides for itself is left out. */
function sendable(headers: Readonly<Record<string, string>>): Record<string, string> {
  const own = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding'])
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !own.has(name)))
}
