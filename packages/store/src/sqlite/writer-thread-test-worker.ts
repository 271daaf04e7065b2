import { parentPort } from 'node:worker_threads'
import { serve } from '../thread/index.ts'
import type { WriterEvents, WriterThread } from './writer/writer-worker.ts'

/** A writer that is hindered by something from the first sweep to the second. */
let fault: string | undefined

const { emit } = serve<Pick<WriterThread, 'sweepIdle' | 'close'>, WriterEvents>(parentPort!, {
  sweepIdle: () => {
    fault = fault === undefined ? 'no room' : undefined
    emit('fault', fault)
  },
  close: () => {},
})
