import { hostname } from 'node:os'
import { parentPort, type MessagePort } from 'node:worker_threads'
import type { StoreChanges } from '../../port/change.ts'
import { serve } from '../../thread/index.ts'
import { openForWriting, type Durability, type WriterDatabase } from '../open-database.ts'
import { storeError } from '../sqlite-error.ts'
import type { SinkCalls } from '../../sink/draft.ts'
import { storePaths } from '../store-folder.ts'
import { Checkpoints } from './idle/checkpoint.ts'
import { foldRollups } from './idle/fold-rollups.ts'
import { IdleWork } from './idle/idle-work.ts'
import { repackChunks } from './idle/repack-chunks.ts'
import { deletionCalls, type DeletionCalls } from './delete/deletion-calls.ts'
import { isProcessGone } from './is-process-gone.ts'
import { sweepIdle } from './sweep-idle.ts'
import { WriteQueue } from './write-queue.ts'
import { writerCalls, type WriterCalls } from './writer-calls.ts'
import { Writer } from './writer.ts'

/** The thread that writes: opened once, it answers until it is closed. */
export interface WriterThread extends WriterCalls, DeletionCalls, SinkCalls {
  /** @param isTidied whether idle work is done (true) */
  open(folder: string, durability: Durability, isTidied?: boolean): void
  /** Takes in what a sink sends over a port; see `openSpanSink`. */
  connectSink(port: MessagePort): void
  /** Whether changes are to be told. */
  listen(isHeard: boolean): void
  /** Writes what waits, empties the log and frees the lock. */
  close(): void
}

export interface WriterEvents {
  changes: StoreChanges
  /** What keeps the writer from something that it does on its own; `undefined` when that is over. */
  fault: string | undefined
}

/** How often the idle rules are applied. */
const sweepEveryMs = 15_000

interface Opened {
  readonly store: WriterDatabase
  readonly writer: Writer
  readonly queue: WriteQueue
  readonly checkpoints: Checkpoints
  readonly idle: IdleWork
  readonly sweep: NodeJS.Timeout
}

let opened: Opened | undefined
/** Names the file in errors. */
let path = 'the store'

function open(folder: string, durability: Durability, isTidied: boolean): Opened {
  path = storePaths(folder).spans
  const store = openForWriting(folder, durability)
  const { database } = store
  const machine = { hostName: hostname(), isProcessGone }
  const writer = new Writer(database, {
    path,
    clock: nowUs,
    machine,
    tellFault: (fault) => tellFault(afterFailure, fault),
  })
  const checkpoints = new Checkpoints(database, path, (fault) => tellFault(ofLog, fault))
  const idle = new IdleWork(writer, isTidied ? [foldRollups, repackChunks] : [])
  const queue = new WriteQueue(writer, () => {
    checkpoints.afterCommit()
    idle.afterCommit()
  })
  return { store, writer, queue, checkpoints, idle, sweep: setInterval(sweepNow, sweepEveryMs) }
}

/** What hinders a sweep hinders writes too, and is told there; the next sweep tries again. */
function sweepNow(): void {
  try {
    opened!.writer.run(sweepIdle, nowUs())
  } catch {}
  opened!.checkpoints.afterCommit()
}

const ofLog = 'The log cannot be moved into the file.'
const afterFailure = 'Nothing is written: what is stored cannot be read back after a write that failed.'

/** What hinders now, by what it hinders. */
const faults = new Map<string, string>()

function tellFault(hindered: string, fault: unknown): void {
  const reason = explain(fault)
  if (reason instanceof Error) faults.set(hindered, `${hindered} ${reason.message}`)
  else faults.delete(hindered)
  emit('fault', faults.size === 0 ? undefined : [...faults.values()].join(' '))
}

function explain(error: unknown): unknown {
  return storeError(error, path, 'write')
}

function nowUs(): number {
  return Math.trunc((performance.timeOrigin + performance.now()) * 1000)
}

const { emit } = serve<WriterThread, WriterEvents>(
  parentPort!,
  {
    ...writerCalls(() => opened!.writer),
    ...deletionCalls(() => opened!.writer),
    write: (batch) => opened!.queue.add(batch),
    open: (folder, durability, isTidied = true) => {
      opened = open(folder, durability, isTidied)
    },
    connectSink: (port) => {
      serve<SinkCalls>(port, { write: (batch) => opened!.queue.add(batch) }, explain)
    },
    listen: (isHeard) => opened!.writer.listen(isHeard ? (changes) => emit('changes', changes) : undefined),
    close: () => {
      const { store, queue, checkpoints, idle, sweep } = opened!
      clearInterval(sweep)
      queue.drain()
      idle[Symbol.dispose]()
      checkpoints[Symbol.dispose]()
      store[Symbol.dispose]()
    },
  },
  explain,
)
