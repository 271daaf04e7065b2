import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

interface LockedPackage {
  readonly resolved?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')
const packages: Readonly<Record<string, LockedPackage>> = JSON.parse(text).packages

describe('package-lock.json', () => {
  test('holds no download address', () => {
    const addresses = Object.values(packages).flatMap(({ resolved }) => (resolved?.includes('://') ? [resolved] : []))

    expect(addresses).toEqual([])
  })

  // npm leaves out what it could not find when the file was written, and `npm ci` then fails, here or on another system.
  test('names the compiled parts of every system', () => {
    const locked = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')))
    const missing = Object.values(packages)
      .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
      .filter((name) => !locked.has(name))

    expect(missing).toEqual([])
  })
})
