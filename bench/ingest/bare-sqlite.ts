import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { DecodedSpan } from '@tracellm/core/otlp'
import { spanStream, take, type TrafficKind } from '../generate/span-stream.ts'

export interface BareFigures {
  readonly spansPerSecond: number
  readonly bytesPerSpan: number
}

/**
 * What SQLite alone does with the same spans: one table, no index, every text inline, 512 rows a transaction, no
 * network and no thread. The measure that all ratios are to. The rows are made before the clock runs.
 */
export function measureBareSqlite(kind: TrafficKind, seed: number, spans: number): BareFigures {
  const folder = mkdtempSync(join(tmpdir(), 'tracellm-bench-bare-'))
  try {
    const file = join(folder, 'bare.db')
    const database = new DatabaseSync(file)
    database.exec('pragma journal_mode = wal; pragma synchronous = normal')
    database.exec(
      'create table span(trace_id text, span_id text, parent_id text, name text, start_us int, end_us int, status int, attributes text)',
    )
    const insert = database.prepare('insert into span values (?, ?, ?, ?, ?, ?, ?, ?)')
    const stream = spanStream(kind, seed, Date.now() * 1000)
    let seconds = 0
    for (let done = 0; done < spans; done += 512) {
      const rows = take(stream, 512).map(rowOf)
      const startMs = performance.now()
      database.exec('begin')
      for (const row of rows) insert.run(...row)
      database.exec('commit')
      seconds += (performance.now() - startMs) / 1000
    }
    database.close()
    const rounded = Math.ceil(spans / 512) * 512
    return { spansPerSecond: rounded / seconds, bytesPerSpan: statSync(file).size / rounded }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function rowOf(span: DecodedSpan): (string | number | null)[] {
  const { traceId, spanId, parentSpanId = null, name, startUs = null, endUs = null, status, attributes } = span
  return [traceId, spanId, parentSpanId, name, startUs, endUs, status.code, JSON.stringify(attributes)]
}
