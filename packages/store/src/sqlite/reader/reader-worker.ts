import { parentPort } from 'node:worker_threads'
import { serve } from '../../thread/index.ts'
import { openForReading } from '../open-database.ts'
import { storeError } from '../sqlite-error.ts'
import { storePaths } from '../store-folder.ts'
import { readerCalls, type ReaderCalls } from './reader-calls.ts'
import { Reader } from './reader.ts'

/** A thread that reads: opened once, it answers until it is closed. */
export interface ReaderThread extends ReaderCalls {
  open(folder: string): void
  close(): void
}

let reader: Reader | undefined
/** Names the file in errors. */
let path = 'the store'

serve<ReaderThread>(
  parentPort!,
  {
    ...readerCalls(() => reader!),
    open: (folder) => {
      path = storePaths(folder).spans
      reader = new Reader(openForReading(folder))
    },
    close: () => reader?.close(),
  },
  (error) => storeError(error, path, 'read'),
)
