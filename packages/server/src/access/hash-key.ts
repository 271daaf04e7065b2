import { hash } from 'node:crypto'

/** What is stored of a key: its SHA-256, hex. Keys are random and long, so nothing slower is needed against guessing. */
export function hashKey(key: string): string {
  return hash('sha256', key, 'hex')
}
