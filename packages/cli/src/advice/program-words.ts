import { statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { packageFolder } from '../package-folder.ts'
import { shellWord } from './shell-word.ts'

/**
 * How this user calls this program, by where their shell finds `tracellm`:
 *
 *   in a folder of the PATH            tracellm
 *   in a `node_modules/.bin` of it     npx tracellm        npm and npx put that there, for this process alone
 *   nowhere                            node …/bin/tracellm.js
 */
export function programWords(path: string | undefined): string {
  const folder = (path ?? '').split(delimiter).find((candidate) => candidate !== '' && isFile(join(candidate, name)))
  if (folder === undefined) return `node ${shellWord(join(packageFolder, 'bin/tracellm.js'))}`
  return /[\\/]node_modules[\\/]\.bin[\\/]?$/.test(folder) ? `npx ${name}` : name
}

const name = 'tracellm'

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true
  } catch {
    return false
  }
}
