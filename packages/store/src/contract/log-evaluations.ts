import type { LogEvent, Span } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import type { TraceStore } from '../port/trace-store.ts'
import { inEitherOrder } from './either-order.ts'
import { eventOf, eventOfSpan, logsOf } from './log-samples.ts'
import type { OpenStore } from './read-whole.ts'
import { batchOf, callOf, projectA, spanIdOf, spanOf, traceIdOf } from './span-samples.ts'

const scope = { projectId: projectA }
const relevance = { name: 'relevance', value: 0.9, target: 'span' } as const

/** One that names no span, no trace and no session. */
function evaluationOf(requestId: string): LogEvent {
  return eventOf({ name: 'gen_ai.evaluation.result', evaluations: [relevance], requestId })
}

function callWithId(trace: number, responseId: string, afterUs = 0): Span {
  return spanOf({ trace, type: 'llm', afterUs, call: { ...callOf('large', 10, 5), responseId } })
}

/** Of the first span of each trace. */
async function evaluationsOf(store: TraceStore, ...traces: readonly number[]): Promise<unknown[]> {
  const reads = await Promise.all(traces.map((trace) => store.readSpan(scope, traceIdOf(trace), spanIdOf(1))))
  return reads.map(({ evaluations }) => evaluations)
}

/** An evaluation finds the span that it is about by name, or by the id that the model's answer had. */
export function logEvaluationsContract(open: OpenStore): void {
  describe('log records that evaluate', () => {
    test('are of the span that they name', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ type: 'llm' })]))
      await store.write(logsOf(eventOfSpan({ name: 'gen_ai.evaluation.result', evaluations: [relevance] })))
      expect(await evaluationsOf(store, 1)).toEqual([[relevance]])
    })

    test('find the call whose id they give, where they name nothing else, come they before it or after', async () => {
      const calls = [callWithId(1, 'response 1'), callWithId(2, 'response 2')]
      await inEitherOrder(open, [batchOf(calls), logsOf(evaluationOf('response 2'))], async (store) => {
        expect(await evaluationsOf(store, 1, 2)).toEqual([[], [relevance]])
        await store.deleteTrace(scope, traceIdOf(2))
        await store.write(batchOf(calls))
        expect(await evaluationsOf(store, 1, 2)).toEqual([[], []])
      })
    })

    test('are of another call when theirs turns out to have another id', async () => {
      await using store = await open()
      await store.write(batchOf([callWithId(1, 'response 1'), callWithId(2, 'response 1', 9000)]))
      await store.write(logsOf(evaluationOf('response 1')))
      expect(await evaluationsOf(store, 1, 2)).toEqual([[relevance], []])
      await store.write(batchOf([{ ...callWithId(1, 'response 3'), attributes: { mended: true } }]))
      expect(await evaluationsOf(store, 1, 2)).toEqual([[], [relevance]])
    })
  })
}
