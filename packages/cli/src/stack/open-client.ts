import { TraceLLMError } from '@tracellm/core'
import { createClient, type Client } from '@tracellm/client'
import type { CommandContext } from '../command-context.ts'
import { requireHome, requirePlaceForHome } from '../home/require-home.ts'
import { findRunningServer } from '../home/running-server.ts'
import type { ServerFile } from '../home/server-file.ts'

/** Whom a command asks. */
export interface AskTarget {
  readonly home: string
  /** A server named by the user, instead of the one of the home folder. */
  readonly url: string | undefined
  readonly apiKey: string | undefined
  /** The key was given by a flag. */
  readonly hasKeyFlag: boolean
}

/** A client, and whatever must be closed after it. */
export interface OpenedClient extends AsyncDisposable {
  readonly client: Client
  /** Who answers: a server, or this process out of the folder. */
  readonly answers: 'server' | 'folder'
  /** The server that runs on the home, whether or not it is the one that answers. */
  readonly server: ServerFile | undefined
}

/**
 * A client of the server that runs on the home. Without one, or with one that asks for a key that is not there, the
 * same routes answer in this process: who may read the folder needs no key to it.
 *
 * To write, the folder is taken for as long as the client is open; only who creates something makes it where it is
 * missing.
 * @throws TraceLLMError `TL_HOME_NOT_FOUND` where no folder is, `TL_KEY_REQUIRED` to write where a server asks for a key,
 * `TL_STORE_…`.
 */
export async function openClient(
  { home, url, apiKey }: AskTarget,
  purpose: 'read' | 'write' | 'create',
  context: Pick<CommandContext, 'clock' | 'stderr'>,
): Promise<OpenedClient> {
  if (url !== undefined) return serverClient(url, apiKey, undefined)
  const server = await findRunningServer(home)
  if (server !== undefined && (!server.keys_required || apiKey !== undefined)) {
    return serverClient(server.url, apiKey, server)
  }
  if (server !== undefined && purpose !== 'read') throw keyNeeded(server)
  if (purpose === 'create') requirePlaceForHome(home)
  else requireHome(home)
  const { openFolderClient } = await import('./folder-client.ts')
  const opened = await openFolderClient(home, purpose === 'read' ? 'read' : 'write', context)
  return { ...opened, answers: 'folder', server }
}

function serverClient(baseUrl: string, key: string | undefined, server: ServerFile | undefined): OpenedClient {
  return {
    client: createClient({ baseUrl, key }),
    answers: 'server',
    server,
    [Symbol.asyncDispose]: async () => undefined,
  }
}

function keyNeeded({ pid, url }: ServerFile): TraceLLMError {
  return new TraceLLMError('TL_KEY_REQUIRED', `The server on this home (${url}) asks for a key.`, {
    fix: `Set TRACELLM_API_KEY to a key with the scope admin, or stop the server (process ${pid}) first.`,
  })
}
