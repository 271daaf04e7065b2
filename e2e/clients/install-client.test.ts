import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { installClient } from './install-client.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracellm-client-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const dependencies = { ai: '6.0.326' }
const lock = {
  lockfileVersion: 3,
  packages: { '': { dependencies }, 'node_modules/ai': { version: '6.0.326' } },
}

/** A client whose npm has an empty cache, and a registry where nobody listens. */
function writeClient(packageJson: string): void {
  const write = (name: string, content: string) => writeFileSync(join(folder, name), content)
  write('.npmrc', `registry=http://127.0.0.1:1/\ncache=${join(folder, 'cache')}\n`)
  write('package.json', packageJson)
  write('package-lock.json', JSON.stringify(lock))
}

describe('installClient', () => {
  test('says that there is no network', async () => {
    writeClient(JSON.stringify({ dependencies }))

    expect(await installClient(folder)).toEqual({
      status: 'no-network',
      reason: 'npm cannot reach its registry (ECONNREFUSED)',
    })
  })

  test('fails for any other reason, with what npm says', async () => {
    writeClient('{')

    await expect(installClient(folder)).rejects.toThrow(/npm ci failed .*EJSONPARSE/s)
  })
})
