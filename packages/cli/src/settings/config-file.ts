import { readFileSync } from 'node:fs'
import { TraceLLMError } from '@tracellm/core'
import { isMissingFile } from '../home/home-folder.ts'

/**
 * The settings file as it is: an object, empty where there is no file.
 * @throws TraceLLMError `TL_BAD_SETTING`.
 */
export function readConfigFile(path: string): Readonly<Record<string, unknown>> {
  const text = readText(path)
  if (text === undefined) return {}
  const value = parse(text, path)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw badFile(`${path} is no JSON object, as in { "port": 9000 }`)
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isMissingFile(error)) return undefined
    throw badFile(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw badFile(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function badFile(detail: string): TraceLLMError {
  return new TraceLLMError('TL_BAD_SETTING', detail, { fix: 'Correct the file, or delete it.' })
}
