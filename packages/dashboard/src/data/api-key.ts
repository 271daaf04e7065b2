import { ValueStore } from './value-store.ts'

const storageName = 'tracellm.key'

/** The API key of this tab; `undefined` where none is needed. It is gone with the tab. */
export const apiKey = new ValueStore(storedKey())

/** What the server has against the key: there is none, or it is not good; `undefined` while it is content. */
export const keyProblem = new ValueStore<'missing' | 'unknown' | undefined>(undefined)

export function keepApiKey(key: string): void {
  try {
    sessionStorage.setItem(storageName, key)
  } catch {
    // Without storage it holds as long as the page.
  }
  apiKey.set(key)
  keyProblem.set(undefined)
}

function storedKey(): string | undefined {
  try {
    return sessionStorage.getItem(storageName) ?? undefined
  } catch {
    return undefined
  }
}
