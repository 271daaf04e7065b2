import { createClient, type Client } from '@tracellm/client'
import { createApp, createIngest, defaultLimits, IngestCounters } from '@tracellm/server'
import { openSqliteStore } from '@tracellm/store/sqlite'
import type { CommandContext } from '../command-context.ts'
import { createLog } from '../log.ts'
import { tracellmVersion } from '../version.ts'

/** A client whose answers are made in this process, out of the folder: same routes, same answers, same log, no socket. */
export async function openFolderClient(
  home: string,
  purpose: 'read' | 'write',
  { clock, stderr }: Pick<CommandContext, 'clock' | 'stderr'>,
): Promise<{ readonly client: Client } & AsyncDisposable> {
  const store = await openSqliteStore({ folder: home, readOnly: purpose === 'read' })
  const limits = defaultLimits
  const log = createLog('error', (line) => stderr.write(line), clock)
  const app = createApp({
    store,
    ingest: createIngest({ limits, clock }, new IngestCounters(), async () => ({
      status: 'unavailable',
      message: 'no server runs',
    })),
    live: { clients: 0, sequence: 0 },
    settings: { keysRequired: false, allowedHosts: [], corsOrigins: [], inForce: [] },
    clock,
    version: tracellmVersion(),
    log: (line) => log('error', line),
  })
  const client = createClient({ baseUrl: 'http://localhost', fetch: (url, init) => app.request(url, init) })
  return { client, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
}
