import { describe, expect, test } from 'vitest'
import {
  batchOf,
  callOf,
  eventOf,
  messagesOf,
  projectA,
  spanIdOf,
  spanOf,
  textMessage,
  traceIdOf,
} from '../contract/index.ts'
import { listAll, readWhole } from '../contract/read-whole.ts'
import { migrate, readMigrations } from './migrate.ts'
import { oneThreadStore } from './one-thread-store.ts'
import { openStoreFixture, type StoreFixture } from './store-fixture.ts'

const migrations = readMigrations(new URL('./migrations/', import.meta.url))
const scope = { projectId: projectA }

/** What makes of a store the one that a version before the migration wrote. */
const undone: Readonly<Record<number, string>> = {
  3: `update trace set trace_id = lower(hex(trace_id));
      update trace_text set prompt_span = lower(hex(prompt_span)) where prompt_span is not null;
      update trace_text set response_span = lower(hex(response_span)) where response_span is not null;
      update span set parent = lower(hex(parent)) where parent is not null;
      update span set sid = lower(hex(sid));
      update span_fill set sid = lower(hex(sid));
      update score set sid = lower(hex(sid)) where sid is not null;`,
  4: `update span set digest = (digest << 6) + 37, call_key = (call_key << 6) + 37;
      update log_record set call_key = (call_key << 6) + 37, facts =
        json_set(facts, '$.record.callKey', (json_extract(facts, '$.record.callKey') << 6) + 37)
        where call_key is not null;
      update sought_call set call_key = (call_key << 6) + 37;`,
}

function takeBackTo({ database }: StoreFixture, version: number): void {
  for (let step = migrations.length; step > version; step--) database.exec(undone[step]!)
  database.exec(`pragma user_version = ${version}`)
}

const long = (text: string) => messagesOf(textMessage('user', text.repeat(300)))
const question = messagesOf(textMessage('user', 'Why?'))

const spans = [
  spanOf({ input: long('in '), output: long('out ') }),
  spanOf({ id: 2, parent: 1, type: 'llm', afterUs: 1, call: { ...callOf('large', 10, 5), responseId: 'response' } }),
  spanOf({ id: 3, parent: 2, type: 'tool', afterUs: 2, status: 'error', error: { message: 'no' } }),
  spanOf({ trace: 2, type: 'llm', input: question, call: callOf('small', 1, 1) }),
]
const logEvents = [
  eventOf({ traceId: traceIdOf(2), spanId: spanIdOf(1), output: [textMessage('assistant', 'Because.')] }),
  eventOf({
    name: 'gen_ai.evaluation.result',
    requestId: 'response',
    evaluations: [{ name: 'relevance', value: 1, target: 'span' }],
  }),
]
const score = { scoreId: 's', traceId: traceIdOf(1), name: 'ok', value: 1, source: 'api', createdUs: 5 } as const

describe('migrations', () => {
  test.each(Object.keys(undone).map((version) => Number(version) - 1))(
    'keep what a store of schema %i says, and know what comes again',
    async (version) => {
      using fixture = openStoreFixture()
      const store = oneThreadStore(fixture)
      const read = async () => ({
        list: await listAll(store, scope),
        traces: [await readWhole(store, scope, traceIdOf(1)), await readWhole(store, scope, traceIdOf(2))],
        scores: await store.listScores(scope, traceIdOf(1)),
      })
      await store.write(batchOf(spans, { logEvents }))
      await store.writeScore(scope, { ...score, spanId: spanIdOf(2) })
      const [said, rows] = [await read(), fixture.rowCounts()]
      expect(rows).toMatchObject({ span: 4, span_fill: 2, score: 1, sought_call: 1 })

      takeBackTo(fixture, version)
      migrate(fixture.database, fixture.database.location()!, migrations)
      fixture.forget()
      expect(await read()).toEqual(said)
      const { groups } = await store.write(batchOf(spans, { logEvents }))
      expect(groups).toMatchObject([{ storedSpans: 0, duplicateSpans: 4, storedLogEvents: 0 }])
      expect(fixture.rowCounts()).toEqual(rows)
    },
  )
})
