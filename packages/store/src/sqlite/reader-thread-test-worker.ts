import { parentPort } from 'node:worker_threads'
import { serve } from '../thread/index.ts'
import type { ReaderThread } from './reader/reader-worker.ts'

/** A reader that dies over any span, and otherwise says how many projects it has counted: one more with each call. */
let calls = 0

serve<Pick<ReaderThread, 'open' | 'close' | 'readSpan' | 'readStats'>>(parentPort!, {
  open: () => {},
  close: () => {},
  readSpan: () => process.exit(1),
  readStats: () => ({ traces: ++calls, spans: 0, bodies: 0, sequence: 0 }),
})
