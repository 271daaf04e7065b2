import { ValueStore } from './value-store.ts'

const storageName = 'tracellm.key'

/** The API key of this tab; `undefined` where none is needed. It is gone with the tab. */
export const apiKey = new ValueStore(storedKey())

/** Why the server wants a key, or another one; `undefined` while it is content. */
export const keyProblem = new ValueStore<string | undefined>(undefined)

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
