import type { DatabaseSync } from 'node:sqlite'
import type { Writer } from '../writer.ts'
import { TextSweep } from './sweep-texts.ts'
import { Turns } from './turns.ts'

/** Up to so many spans a deletion waits for its sweep, some 30 ms; above, one comes later and serves many. */
const maxSpansAtOnce = 20_000

/** How long a sweep of a larger store is put off, so that sweeping takes a small share of the time whatever its size. */
function delayMs(spans: number): number {
  return 60_000 + spans / 10
}

/** Sweeps unused texts after deletions: at once in a small store, now and then in a large one. */
export class TextSweeper {
  readonly #writer: () => Writer
  #running: Promise<void> | undefined
  #later: NodeJS.Timeout | undefined

  constructor(writer: () => Writer) {
    this.#writer = writer
  }

  /** To be called when something was deleted. */
  async sweep(turns: Turns): Promise<void> {
    const spans = turns.take(({ database }) => {
      database.exec(`insert or replace into meta(key, value) values ('sweep_due', 1)`)
      return countSpans(database)
    })
    if (spans <= maxSpansAtOnce) await this.#sweepNow(turns)
    else this.#sweepLater(spans)
  }

  /** To be called when the store was opened: a sweep may have been put off. */
  resume(turns: Turns): void {
    const due = `select 1 from meta where key = 'sweep_due'`
    turns.take(({ database }) => {
      if (database.prepare(due).get() !== undefined) this.#sweepLater(countSpans(database))
    })
  }

  #sweepLater(spans: number): void {
    if (this.#later !== undefined) return
    const sweep = async (): Promise<void> => {
      this.#later = undefined
      const turns = new Turns(this.#writer)
      await this.#sweepNow(turns)
      await turns.giveBack()
    }
    // What hinders it hinders the next write too, and is told there.
    this.#later = setTimeout(() => void sweep().catch(() => {}), delayMs(spans)).unref()
  }

  /** One at a time; what was deleted while one ran needs another. */
  async #sweepNow(turns: Turns): Promise<void> {
    while (this.#running !== undefined) await this.#running
    this.#running = runSweep(turns).finally(() => (this.#running = undefined))
    await this.#running
  }
}

function countSpans(database: DatabaseSync): number {
  return Number(database.prepare('select sum(spans) spans from project').get()?.['spans'])
}

async function runSweep(turns: Turns): Promise<void> {
  let isDone = false
  while (!isDone) isDone = await runOnce(turns)
}

/** @returns whether it came to its end. */
async function runOnce(turns: Turns): Promise<boolean> {
  const sweep = turns.take((parts) => new TextSweep(parts))
  let isDone = false
  await turns.takeWhile((parts) => {
    const outcome = sweep.step(parts)
    isDone = outcome === 'done'
    if (isDone) parts.database.exec(`delete from meta where key = 'sweep_due'`)
    return outcome === 'more'
  })
  return isDone
}
