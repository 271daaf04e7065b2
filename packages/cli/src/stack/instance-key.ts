import { parseIsoTime, TraceLLMError } from '@tracellm/core'
import type { ApiKeyInput, ApiKeyWithSecretJson } from '@tracellm/core/wire'
import { makeKey, presentMadeKey } from '@tracellm/server'
import { openSqliteStore } from '@tracellm/store/sqlite'
import { requirePlaceForHome } from '../home/require-home.ts'

/**
 * Makes a key of the whole instance. It comes from this machine only and never over HTTP, so the folder must be free:
 * no server may run on it.
 * @throws TraceLLMError `TL_STORE_LOCKED` while a server runs, `TL_STORE_UNWRITABLE`.
 */
export async function createInstanceKey(
  home: string,
  wish: {
    readonly environment: string | undefined
    readonly scopes: NonNullable<ApiKeyInput['scopes']>
    readonly expires_at: string | undefined
  },
  clock: () => number,
): Promise<ApiKeyWithSecretJson> {
  requirePlaceForHome(home)
  await using store = await openSqliteStore({ folder: home }).catch(explainLock)
  const made = makeKey({
    environment: wish.environment,
    scopes: wish.scopes,
    createdUs: clock(),
    expiresUs: wish.expires_at === undefined ? undefined : parseIsoTime(wish.expires_at),
  })
  await store.createApiKey(made.stored)
  return presentMadeKey(made)
}

function explainLock(error: unknown): never {
  if (!(error instanceof TraceLLMError) || error.code !== 'TL_STORE_LOCKED') throw error
  throw new TraceLLMError('TL_STORE_LOCKED', error.detail, {
    cause: error,
    fix: 'A key of the whole instance is made while no server runs: stop it, make the key, and start it again.',
  })
}
