import type { Span } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { batchOf, eventOf, projectA, sampleStartUs, spanIdOf, spanOf, traceIdOf } from '../../../contract/index.ts'
import { openStoreFixture, type StoreFixture } from '../../store-fixture.ts'

const relevance = { name: 'relevance', value: 1, target: 'span' } as const
/** It names its call and nothing else. */
const evaluation = eventOf({ name: 'gen_ai.evaluation.result', requestId: 'response', evaluations: [relevance] })
const evaluations = batchOf([], { logEvents: [evaluation] })

const callOfTrace = (trace: number, afterUs = 0): Span =>
  spanOf({ trace, type: 'llm', afterUs, call: { responseId: 'response' } })

/** Rows of spans that came later, without what else belongs to them. */
function addRows({ database }: StoreFixture, count: number): void {
  database.exec(
    `with recursive row(i) as (select 1 union all select i + 1 from row where i < ${count})
     insert into span(tid, sid, type, kind, status, origin, name, start_us, attempt, counted, flags, weight, digest, detail)
     select 1000000 + i, x'0b', 1, 0, 0, 0, 0, ${sampleStartUs}, 1, 0, 0, 0, i, 0 from row`,
  )
}

const evaluationsOf = ({ reader }: StoreFixture, trace: number): readonly unknown[] =>
  reader.readSpan({ projectId: projectA }, traceIdOf(trace), spanIdOf(1)).evaluations

describe('SoughtCalls', () => {
  test.each([
    [99_999, [relevance]],
    [100_000, []],
  ])('finds a call that came before its record, with %i spans in between: %j', async (count, found) => {
    using store = openStoreFixture()
    await store.write(batchOf([callOfTrace(1)]))
    addRows(store, count)
    await store.write(evaluations)
    expect(evaluationsOf(store, 1)).toEqual(found)
  })

  test('finds a call that comes after its record, whatever lies in between and was forgotten', async () => {
    using store = openStoreFixture()
    await store.write(evaluations)
    addRows(store, 100_000)
    store.forget()
    await store.write(batchOf([callOfTrace(1)]))
    expect(evaluationsOf(store, 1)).toEqual([relevance])
  })

  test('looks at the newest 100 traces that have calls of one id', async () => {
    using store = openStoreFixture()
    const traces = Array.from({ length: 101 }, (_, at) => at + 1)
    for (const trace of traces) await store.write(batchOf([callOfTrace(trace, trace)]))
    await store.write(evaluations)
    expect(traces.filter((trace) => evaluationsOf(store, trace).length > 0)).toEqual([2])
  })
})
