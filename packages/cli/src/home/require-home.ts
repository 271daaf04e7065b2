import { statSync } from 'node:fs'
import { TraceLLMError } from '@tracellm/core'

/**
 * Makes sure that there is a home folder to be read: what is missing is no empty store, and may be a mistyped path.
 * That it may not be looked into is for the store to tell.
 * @throws TraceLLMError `TL_HOME_NOT_FOUND`.
 */
export function requireHome(home: string): void {
  switch (kindOf(home)) {
    case 'folder':
    case 'unknown':
      return
    case 'missing':
      throw new TraceLLMError('TL_HOME_NOT_FOUND', `There is no folder ${home}, so no server has run on it.`)
    case 'other':
      throw new TraceLLMError('TL_HOME_NOT_FOUND', `What is at ${home} is no folder.`)
  }
}

function kindOf(path: string): 'folder' | 'missing' | 'other' | 'unknown' {
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found === undefined) return 'missing'
    return found.isDirectory() ? 'folder' : 'other'
  } catch {
    return 'unknown'
  }
}
