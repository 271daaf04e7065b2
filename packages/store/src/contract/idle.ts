import { spanIdleUs, traceIdleUs } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import type { StoreChange } from '../port/change.ts'
import type { TraceRow } from '../port/queries.ts'
import type { TraceStore } from '../port/trace-store.ts'
import { listAll, type OpenStore } from './read-whole.ts'
import { batchOf, projectA, sampleStartUs, spanOf } from './span-samples.ts'

const range = { fromUs: sampleStartUs, toUs: sampleStartUs + 60_000_000 }

async function onlyRow(store: TraceStore): Promise<TraceRow> {
  const rows = await listAll(store, { projectId: projectA })
  expect(rows).toHaveLength(1)
  return rows[0]!
}

/** When the store heard of its only trace last, by its own clock. */
async function heardUs(store: TraceStore): Promise<number> {
  return (await onlyRow(store)).updatedUs
}

/** What nothing comes for any more is ended by a sweep, and only by one. */
export function idleContract(open: OpenStore): void {
  describe('idle rules', () => {
    test('end a trace without a root when nothing has come for it', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ id: 2, parent: 1, durationUs: 30 })]))
      const atUs = await heardUs(store)
      await store.sweepIdle(atUs + traceIdleUs - 1)
      expect((await onlyRow(store)).status).toBe('running')
      await store.sweepIdle(atUs + traceIdleUs)
      expect(await onlyRow(store)).toMatchObject({ status: 'success', endUs: sampleStartUs + 30 })
      const { summary } = await store.readAnalytics({ projectId: projectA }, range)
      expect(summary).toMatchObject({ totalTraces: 1, runningTraces: 0, averageLatencyUs: 30 })
    })

    test('interrupt a trace whose open span nobody will end', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ durationUs: null }), spanOf({ id: 2, parent: 1, durationUs: 50 })]))
      const atUs = await heardUs(store)
      await store.sweepIdle(atUs + spanIdleUs - 1)
      expect((await onlyRow(store)).status).toBe('running')
      await store.sweepIdle(atUs + spanIdleUs)
      expect(await onlyRow(store)).toMatchObject({ status: 'interrupted', openSpans: 1, endUs: sampleStartUs + 50 })
      expect(await listAll(store, {}, { status: 'interrupted' })).toHaveLength(1)
    })

    test('are undone by what comes after all', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ durationUs: null })]))
      const atUs = await heardUs(store)
      await store.sweepIdle(atUs + spanIdleUs)
      await store.write(batchOf([spanOf({ id: 2, parent: 1 })]))
      expect(await onlyRow(store)).toMatchObject({ status: 'running', endUs: undefined })
      await store.write(batchOf([spanOf({ durationUs: 80 })]))
      expect(await onlyRow(store)).toMatchObject({ status: 'success' })
      const { summary } = await store.readAnalytics({ projectId: projectA }, range)
      expect(summary).toMatchObject({ totalTraces: 1, runningTraces: 0, successRate: 1 })
    })

    test('are not undone by a repeat', async () => {
      await using store = await open()
      const orphan = spanOf({ id: 2, parent: 1 })
      await store.write(batchOf([orphan]))
      await store.sweepIdle((await heardUs(store)) + traceIdleUs)
      await store.write(batchOf([orphan]))
      expect((await onlyRow(store)).status).toBe('success')
    })

    test('touch no finished trace, and tell of those they end', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ trace: 1 }), spanOf({ trace: 2, id: 2, parent: 1 })]))
      const heard: StoreChange[] = []
      store.onChanges(({ changes }) => heard.push(...changes))
      const [row] = await listAll(store, {})
      await store.sweepIdle(row!.updatedUs + spanIdleUs)
      await store.sweepIdle(row!.updatedUs + 2 * spanIdleUs)
      expect(heard).toMatchObject([{ type: 'trace.updated', trace: { status: 'success', spanCount: 1 } }])
    })
  })

  describe('slow requests', () => {
    test('are traces that take longer than 95 % of the last 20 or more of their name', async () => {
      await using store = await open()
      const usual = Array.from({ length: 25 }, (_, at) => spanOf({ trace: at + 1, name: 'report', durationUs: 1000 }))
      await store.write(batchOf(usual))
      await store.write(
        batchOf([
          spanOf({ trace: 101, name: 'report', durationUs: 5000 }),
          spanOf({ trace: 102, name: 'report', durationUs: 1000 }),
          spanOf({ trace: 103, name: 'other', durationUs: 5000 }),
        ]),
      )
      const slow = (await listAll(store, {})).filter((row) => row.slow)
      expect(slow.map((row) => [row.name, row.endUs! - row.startUs])).toEqual([['report', 5000]])
      expect((await store.readAnalytics({}, range)).summary.slowRequests).toBe(1)
      const failures = await store.readFailures({}, { limit: 20 })
      expect(failures).toMatchObject({ totals: { slow: 1 }, slowRequests: [{ traceId: slow[0]!.traceId }] })
    })
  })
}
