import { cpSync, existsSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { Plugin } from 'rolldown'

const sourceUrl = /new URL\(\s*'(\.[^']*)',\s*import\.meta\.url,?\s*\)/g

/**
 * Keeps `new URL('./…', import.meta.url)` true after bundling, since sources reach by URL what they do not import:
 *
 *   './writer/writer-worker.ts'   a thread: becomes an entry of its own, `writer-worker.js`
 *   './migrations/'               anything else: copied to its place below `packages/`, `store/sqlite/migrations/`
 *
 * All chunks lie side by side in the output folder, so one relative address is right from each of them.
 */
export function sourceUrls(packagesFolder: string, outputFolder: string): Plugin {
  return {
    name: 'source-urls',
    transform(code, id) {
      if (!code.includes('import.meta.url') || id.includes(`${sep}node_modules${sep}`)) return null
      return code.replaceAll(sourceUrl, (_, path: string) => {
        const target = resolve(dirname(id), path)
        if (target.endsWith('-worker.ts')) {
          const name = basename(target, '.ts')
          this.emitFile({ type: 'chunk', id: target, name, fileName: `${name}.js` })
          return `new URL('./${name}.js', import.meta.url)`
        }
        if (!existsSync(target)) return this.error(`${id} names ${path}, which is not there.`)
        const place = placeBelow(packagesFolder, target)
        cpSync(target, join(outputFolder, place), { recursive: true })
        return `new URL('./${place}${path.endsWith('/') ? '/' : ''}', import.meta.url)`
      })
    },
  }
}

/** `store/sqlite/migrations` for `packages/store/src/sqlite/migrations`, `dashboard` for `packages/dashboard/dist`. */
function placeBelow(packagesFolder: string, target: string): string {
  const [folder, , ...rest] = relative(packagesFolder, target).split(sep)
  return [folder, ...rest].join('/')
}
