import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { SettingValue } from '../settings/setting.ts'
import { homeFiles } from './home-folder.ts'

/** Who runs on this home, and where: `server.json`, written once it takes requests and deleted when it stops. */
export interface ServerFile {
  readonly pid: number
  /** The folder as the server calls it. */
  readonly home: string
  readonly version: string
  /** ISO 8601. */
  readonly started_at: string
  /** Of the API, from this machine: `http://127.0.0.1:8000`. */
  readonly url: string
  /** `null` when it has no port of its own. */
  readonly dashboard_url: string | null
  readonly otlp_url: string | null
  readonly keys_required: boolean
  /** What it runs with, by name. */
  readonly settings: Readonly<Record<string, SettingValue>>
}

/** Written beside and moved into place, so that nobody reads half of it. */
export function writeServerFile(home: string, file: ServerFile): void {
  const path = homeFiles(home).server
  const beside = `${path}.${file.pid}`
  writeFileSync(beside, `${JSON.stringify(file, undefined, 2)}\n`, { mode: 0o600 })
  renameSync(beside, path)
}

/** @returns `undefined` when there is none, or one that cannot be read. What it says may be long over. */
export function readServerFile(home: string): ServerFile | undefined {
  try {
    const file: Partial<ServerFile> | null = JSON.parse(readFileSync(homeFiles(home).server, 'utf8'))
    return typeof file?.pid === 'number' && typeof file.url === 'string' ? (file as ServerFile) : undefined
  } catch {
    return undefined
  }
}

/** Deletes the file of this process; that of another stays. */
export function removeServerFile(home: string, pid: number): void {
  if (readServerFile(home)?.pid === pid) rmSync(homeFiles(home).server, { force: true })
}
