import { globSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { resolve } from 'node:path'

/** Compiles what runs as a process or as a thread, with all it imports. None of it finds here what it needs to run. */
for (const file of globSync('packages/*/src/**/*-worker.ts', { cwd: resolve(import.meta.dirname, '../..') })) {
  await import(resolve(import.meta.dirname, '../..', file)).catch(() => {})
}
flushCompileCache()
process.exit()
