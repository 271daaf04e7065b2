import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { boundaries, packageName, type Zone } from '../../boundaries.ts'

export interface Import {
  /** The importing file, relative to the repository, with forward slashes. */
  readonly file: string
  /** What stands between the quotes. */
  readonly specifier: string
  /** `import type` and `export type`: nothing of it exists at run time. */
  readonly typesOnly: boolean
}

/** Why `boundaries.ts` forbids this import, in a sentence; `undefined` when it does not. */
export function importProblem({ file, specifier, typesOnly }: Import): string | undefined {
  const folder = packageFolder(file)
  const target = specifier.startsWith('.') ? posix.join(posix.dirname(file), withoutQuery(specifier)) : undefined
  if (target !== undefined && packageFolder(target) !== undefined && packageFolder(target) !== folder) {
    return `Import another package by its name, ${packageName(packageFolder(target) ?? '')}, not by a path into it.`
  }
  if (folder === undefined || !file.startsWith(`packages/${folder}/src/`) || isTest(file)) return undefined

  const from = zoneOf(file)
  const row = from === undefined ? undefined : boundaries[from]
  if (from === undefined || row === undefined) return `The package ${folder} has no row in boundaries.ts.`
  if (target !== undefined) return relativeProblem(from, row, folder, target, typesOnly)
  if (isBuiltin(specifier)) return nodeProblem(from, row, specifier)
  const imported = zoneNamed(specifier)
  if (imported !== undefined) return zoneProblem(from, row, imported, typesOnly)
  return row.npm?.includes(registryName(specifier))
    ? undefined
    : `${from} may not depend on ${registryName(specifier)}.`
}

function relativeProblem(from: string, row: Zone, folder: string, target: string, typesOnly: boolean) {
  if (packageFolder(target) !== folder) return 'Only tests may leave their package by a relative path.'
  const to = zoneOf(target)
  return to === undefined || to === from ? undefined : zoneProblem(from, row, to, typesOnly)
}

function nodeProblem(from: string, row: Zone, specifier: string): string | undefined {
  if (!specifier.startsWith('node:')) return `Write node:${specifier}, so that nobody takes it for a package.`
  const allowed = row.node ?? []
  if (allowed.includes(specifier)) return undefined
  if (allowed.includes('node:*') && specifier !== 'node:sqlite') return undefined
  return `${from} may not import ${specifier}.`
}

function zoneProblem(from: string, row: Zone, to: string, typesOnly: boolean): string | undefined {
  if (row.zones.includes(to)) return undefined
  if (!row.typesOf?.includes(to)) return `${from} may not import ${to}.`
  return typesOnly ? undefined : `${from} may import only types of ${to}: write \`import type\`.`
}

/** `core/otlp` for `packages/core/src/otlp/read-json.ts`, `core` for `packages/core/src/ids/ids.ts`. */
function zoneOf(path: string): string | undefined {
  const [packages, folder, source, ...rest] = path.split('/')
  if (packages !== 'packages' || folder === undefined || source !== 'src') return undefined
  for (let depth = rest.length; depth >= 0; depth--) {
    const zone = [folder, ...rest.slice(0, depth)].join('/')
    if (zone in boundaries) return zone
  }
  return undefined
}

/** `core/otlp` for `@tracellm/core/otlp`; `undefined` for what is no package of this repository. */
function zoneNamed(specifier: string): string | undefined {
  if (specifier === packageName('cli')) return 'cli'
  return specifier.startsWith('@tracellm/') ? specifier.slice('@tracellm/'.length) : undefined
}

function registryName(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}

function packageFolder(path: string): string | undefined {
  return /^packages\/([^/]+)\//.exec(path)?.[1]
}

function withoutQuery(specifier: string): string {
  return specifier.replace(/\?.*$/, '')
}

function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file)
}
