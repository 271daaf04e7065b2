import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TraceLLMError } from '@tracellm/core'
import { parseUserPrices, type UserPrices } from '@tracellm/core/prices'
import { isMissingFile, resolveHome } from '../home/home-folder.ts'

/**
 * The user's own prices: the file named, else `prices.json` in the home folder where there is one.
 * @throws TraceLLMError `TL_BAD_SETTING`.
 */
export function readPrices(named: string, home: string): UserPrices | undefined {
  const path = named === '' ? join(home, 'prices.json') : resolveHome(named, home)
  const text = readText(path, named === '')
  return text === undefined ? undefined : parseUserPrices(parseJson(text, path), path)
}

function readText(path: string, isOptional: boolean): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (isOptional && isMissingFile(cause)) return undefined
    throw badFile(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, cause)
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw badFile(`${path} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, cause)
  }
}

function badFile(detail: string, cause: unknown): TraceLLMError {
  return new TraceLLMError('TL_BAD_SETTING', detail, { cause, fix: 'Correct the file, or take it away.' })
}
