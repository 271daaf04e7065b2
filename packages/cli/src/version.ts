import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolder } from './package-folder.ts'

let known: string | undefined

/** The version of this package, out of its `package.json`. */
export function tracellmVersion(): string {
  known ??= String(JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version)
  return known
}
