import { readFileSync } from 'node:fs'
import { join } from 'node:path'

let known: string | undefined

/** The version of this package; its `package.json` lies beside `src` and beside `dist`. */
export function tracellmVersion(): string {
  known ??= String(JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')).version)
  return known
}
