import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readServerFile, removeServerFile, writeServerFile, type ServerFile } from './server-file.ts'

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tracellm-home-'))
})

afterEach(() => rmSync(home, { recursive: true }))

const file: ServerFile = {
  pid: 4711,
  home: '/data',
  version: '0.1.0',
  started_at: '2026-11-23T14:02:41.114Z',
  url: 'http://127.0.0.1:8000',
  dashboard_url: null,
  otlp_url: 'http://127.0.0.1:4318',
  keys_required: false,
  settings: { port: 8000, redact: ['a'] },
}

describe('writeServerFile', () => {
  test('writes what readServerFile reads, for its owner alone, and leaves nothing beside it', () => {
    writeServerFile(home, file)

    expect(readServerFile(home)).toEqual(file)
    expect(readdirSync(home)).toEqual(['server.json'])
    expect(statSync(join(home, 'server.json')).mode & 0o777).toBe(0o600)
  })
})

describe('readServerFile', () => {
  test.each(['', '{', 'null', '[]', '{"pid":"x"}', '{"pid":1}'])('takes %j for no file', (text) => {
    writeFileSync(join(home, 'server.json'), text)
    expect(readServerFile(home)).toBeUndefined()
  })

  test('a folder without one has none', () => expect(readServerFile(join(home, 'missing'))).toBeUndefined())
})

describe('removeServerFile', () => {
  test('removes its own and no other', () => {
    writeServerFile(home, file)
    removeServerFile(home, 1)
    expect(readServerFile(home)).toEqual(file)

    removeServerFile(home, 4711)
    expect(readServerFile(home)).toBeUndefined()
  })
})
