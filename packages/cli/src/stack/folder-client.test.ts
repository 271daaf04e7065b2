import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openSqliteStore } from '@tracellm/store/sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openFolderClient } from './folder-client.ts'

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tracellm-home-'))
})

afterEach(() => rmSync(home, { recursive: true }))

describe('openFolderClient', () => {
  test('says of a fault of ours where it was thrown, as a server does in its log', async () => {
    await (await openSqliteStore({ folder: home }))[Symbol.asyncDispose]()
    // Nothing of ours forgets a table: what reads it then fails as no part of the program foresees.
    const database = new DatabaseSync(join(home, 'spans.db'))
    database.exec('drop table api_key')
    database.close()
    let log = ''
    const stderr = { write: (text: string) => void (log += text), isTerminal: false, columns: undefined }
    await using opened = await openFolderClient(home, 'read', { clock: () => 0, stderr })

    await expect(opened.client.listApiKeys({})).rejects.toMatchObject({ code: 'TL_INTERNAL' })
    expect(log).toMatch(/^1970-01-01T00:00:00\.0+Z error GET \/api-keys: Error < at .*listApiKeys.*\n$/)
  })
})
