import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The licence texts of every package that a bundle holds, as their authors ask; one section each, by name. */
export function licenseTexts(moduleIds: Iterable<string>): string {
  const folders = new Set<string>()
  for (const id of moduleIds) {
    const folder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0]
    if (folder !== undefined) folders.add(folder)
  }
  return [...folders].map(licenseSection).toSorted().join('\n')
}

function licenseSection(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim()
  return `${name} ${version} (${license})\n\n${text}\n`
}
