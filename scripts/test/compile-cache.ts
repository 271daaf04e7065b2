import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url))
const loadThreads = fileURLToPath(new URL('load-threads.ts', import.meta.url))

/**
 * Lets Node keep what it stripped of types, for every process and thread of the test run, and fills that cache first.
 *
 * Tests open hundreds of stores, each with threads that load their sources. Without a cache each of these threads
 * compiles Node's type stripper, which is WebAssembly: opening takes twice as long, and V8 now and then ends the process
 * while it frees that code (`Check failed: jit_page_->allocations_.erase(addr) == 1`).
 */
export function setup(): void {
  process.env['NODE_COMPILE_CACHE'] = folder
  spawnSync(process.execPath, [loadThreads], { stdio: 'inherit' })
}
