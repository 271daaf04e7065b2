import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { knownClients } from './known-clients.ts'

const libraries = globSync('*/run.mjs', { cwd: import.meta.dirname }).map(dirname)

function readJson(library: string, file: string) {
  return JSON.parse(readFileSync(join(import.meta.dirname, library, file), 'utf8'))
}

describe('knownClients', () => {
  test('has every folder with a program', () => {
    expect(libraries.toSorted()).toEqual(Object.keys(knownClients).toSorted())
  })
})

describe.each(libraries)('%s', (library) => {
  test('asks for exact versions', () => {
    const versions: string[] = Object.values(readJson(library, 'package.json').dependencies)

    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })

  test('has a lock file of those versions, without download addresses', () => {
    const { packages } = readJson(library, 'package-lock.json')

    expect(packages[''].dependencies).toEqual(readJson(library, 'package.json').dependencies)
    expect(JSON.stringify(packages)).not.toContain('"resolved"')
  })
})
