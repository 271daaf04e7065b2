import { describe, expect, test } from 'vitest'
import type { OpenStore } from './read-whole.ts'
import { batchOf, projectA, sampleStartUs, spanOf, traceIdOf } from './span-samples.ts'

const scope = { projectId: projectA }

/** Failed traces and retries, newest first. */
export function failuresContract(open: OpenStore): void {
  describe('failures', () => {
    test('lists failed traces and those with retries, and counts all', async () => {
      await using store = await open()
      const context = { environment: 'prod' }
      const failed = [1, 2, 3].map((trace) => spanOf({ trace, afterUs: trace, status: 'error', context }))
      const tool = { type: 'tool', parent: 1, tool: { name: 'search' } } as const
      await store.write(
        batchOf([
          ...failed,
          spanOf({ trace: 4, status: 'ok' }),
          spanOf({ trace: 4, id: 2, ...tool, status: 'error', durationUs: 5 }),
          spanOf({ trace: 4, id: 3, ...tool, afterUs: 10 }),
          spanOf({ trace: 5 }),
        ]),
      )
      const all = await store.readFailures(scope, { limit: 2 })
      expect(all.failedTraces.map((row) => row.traceId)).toEqual([3, 2].map(traceIdOf))
      expect(all.retries.map((row) => row.traceId)).toEqual([traceIdOf(4)])
      expect(all).toMatchObject({ slowRequests: [], totals: { failed: 3, retries: 1, slow: 0 } })

      const some = { limit: 20, environment: 'prod', fromUs: sampleStartUs + 2, toUs: sampleStartUs + 3 }
      const { failedTraces, totals } = await store.readFailures(scope, some)
      expect(failedTraces.map((row) => row.traceId)).toEqual([traceIdOf(2)])
      expect(totals).toEqual({ failed: 1, retries: 0, slow: 0 })
    })
  })
}
