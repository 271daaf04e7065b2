import { parentPort } from 'node:worker_threads'
import { serve } from '../../thread/index.ts'
import { openForReading } from '../open-database.ts'
import { readerCalls, type ReaderCalls } from './reader-calls.ts'
import { Reader } from './reader.ts'

/** A thread that reads: opened once, it answers until it is closed. */
export interface ReaderThread extends ReaderCalls {
  open(folder: string): void
  close(): void
}

let reader: Reader | undefined

serve<ReaderThread>(parentPort!, {
  ...readerCalls(() => reader!),
  open: (folder) => {
    reader = new Reader(openForReading(folder))
  },
  close: () => reader?.close(),
})
