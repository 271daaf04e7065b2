import { TraceLLMError } from '@tracellm/core'
import type { TraceStore } from '@tracellm/store'

/** @throws TraceLLMError `TL_AUTH_REQUIRED_TO_BIND` when nobody could be let in. */
export async function requireKey(store: Pick<TraceStore, 'listApiKeys'>, host: string, nowUs: number): Promise<void> {
  const keys = await store.listApiKeys({})
  const isGood = keys.some(({ revokedUs, expiresUs = Infinity }) => revokedUs === undefined && expiresUs > nowUs)
  if (isGood) return
  throw new TraceLLMError(
    'TL_AUTH_REQUIRED_TO_BIND',
    `On ${host} others reach the server, and there is no key to tell them from you.`,
  )
}
