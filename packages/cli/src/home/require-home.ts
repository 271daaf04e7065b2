import { TraceLLMError } from '@tracellm/core'
import { homePlace } from './home-place.ts'

/**
 * Makes sure that there is a home folder to be read: what is missing is no empty store, and may be a mistyped path.
 * @throws TraceLLMError `TL_HOME_NOT_FOUND`.
 */
export function requireHome(home: string): void {
  const place = homePlace(home)
  if (place.status === 'free') {
    throw new TraceLLMError('TL_HOME_NOT_FOUND', `There is no folder ${home}, so no server has run on it.`)
  }
  if (place.status === 'blocked') throw new TraceLLMError('TL_HOME_NOT_FOUND', place.detail, { fix: place.fix })
}

/**
 * Makes sure that a home folder is there or can be made.
 * @throws TraceLLMError `TL_STORE_UNWRITABLE`.
 */
export function requirePlaceForHome(home: string): void {
  const place = homePlace(home)
  if (place.status === 'blocked') throw new TraceLLMError('TL_STORE_UNWRITABLE', place.detail, { fix: place.fix })
}
