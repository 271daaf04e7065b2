import { describe, expect, test } from 'vitest'
import type { StoreChange, StoreChanges } from '../port/change.ts'
import { answer, eventOfSpan, logsOf, namelessTurn, question, spansOfNamelessTurn, turnOf } from './log-samples.ts'
import { listAll, readWhole, type OpenStore } from './read-whole.ts'
import { batchOf, projectA, projectB, spanIdOf, spanOf, traceIdOf } from './span-samples.ts'

const scope = { projectId: projectA }

/** What log records do is told as what it does to traces and spans, and goes when these are deleted. */
export function logChangesContract(open: OpenStore): void {
  describe('log records, when they come and go', () => {
    test('are stored once, and a repeat announces nothing', async () => {
      await using store = await open()
      const event = eventOfSpan({ input: [question] })
      await store.write(batchOf([spanOf({ type: 'llm' })]))
      expect((await store.write(logsOf(event))).groups[0]).toMatchObject({ storedLogEvents: 1 })
      const whole = await readWhole(store, scope, traceIdOf(1))
      const heard: StoreChanges[] = []
      store.onChanges((changes) => heard.push(changes))
      expect((await store.write(logsOf(event, event))).groups[0]).toMatchObject({ storedLogEvents: 0 })
      expect(heard).toEqual([])
      expect(await readWhole(store, scope, traceIdOf(1))).toEqual(whole)
    })

    test('tell of the span they fill in', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ type: 'llm' })]))
      const heard: StoreChanges[] = []
      store.onChanges((changes) => heard.push(changes))
      await store.write(logsOf(eventOfSpan({ output: [answer] })))
      const changes = heard.flatMap((each) => each.changes)
      expect(changes.map((change) => change.type).toSorted()).toEqual(['span.updated', 'trace.updated'])
    })

    test('are announced as what they make: spans that are new, and traces that have fewer', async () => {
      await using store = await open()
      const heard: StoreChange[] = []
      store.onChanges(({ changes }) => heard.push(...changes))
      const start = (await store.readStats({})).sequence
      await store.write(logsOf(...namelessTurn()))
      const kinds = (): string[] =>
        heard
          .splice(0)
          .map(({ type }) => type.replace('created', 'new'))
          .toSorted()
      expect(kinds()).toEqual(['span.new', 'span.new', 'span.new', 'span.new', 'trace.new'])
      const [call, tool, lastCall] = spansOfNamelessTurn()
      await store.write(batchOf([tool]))
      expect(kinds()).toEqual(['span.new', 'trace.new', 'trace.updated'])
      // What is left begins and answers otherwise.
      await store.write(batchOf([lastCall]))
      expect(kinds()).toEqual(['span.new', 'span.updated', 'trace.new', 'trace.updated'])
      await store.write(batchOf([call]))
      expect(kinds()).toEqual(['span.new', 'trace.new'])
      expect((await store.readStats({})).sequence).toBe(start + 14)
    })

    test('go with the trace of the span that they fill in', async () => {
      await using store = await open()
      const spans = [spanOf({ type: 'llm' })]
      await store.write(batchOf(spans, { logEvents: [eventOfSpan({ input: [question] })] }))
      await store.deleteTrace(scope, traceIdOf(1))
      await store.write(batchOf(spans))
      expect((await store.readSpan(scope, traceIdOf(1), spanIdOf(1))).span.input).toBeUndefined()
    })

    test('go with the trace that they make', async () => {
      await using store = await open()
      await store.write(logsOf(...turnOf('prompt 1')))
      const [made] = await listAll(store, scope)
      expect(await store.deleteTrace(scope, made!.traceId)).toMatchObject({ deletedTraces: 1, deletedSpans: 4 })
      expect(await listAll(store, scope)).toEqual([])
    })

    test('go alone, and not with all that is known of a trace that they name', async () => {
      await using store = await open()
      const proposed = { fixed: false, projectId: projectB }
      const ofTrace = turnOf('prompt 1').map((event) => ({ ...event, traceId: traceIdOf(1) }))
      const said = eventOfSpan({ input: [question] })
      await store.write(batchOf([], { ...proposed, logEvents: [...ofTrace, said] }))
      const [made] = await listAll(store, {})
      await store.deleteTrace({}, made!.traceId)
      await store.write(batchOf([spanOf({ type: 'llm' })], { fixed: false, projectId: projectA }))
      expect(await listAll(store, {})).toMatchObject([{ projectId: projectB, prompt: 'What is the weather?' }])
    })

    test('are told of where another trace shows less when they go with theirs', async () => {
      await using store = await open()
      const agent = spanOf({ type: 'agent', durationUs: 9_000_000, context: { sessionId: 'session 1' } })
      await store.write(batchOf([agent], { logEvents: namelessTurn() }))
      const heard: StoreChange[] = []
      store.onChanges(({ changes }) => heard.push(...changes))
      await store.deleteTrace(scope, traceIdOf(1))
      const [made] = await listAll(store, scope)
      expect(made).toMatchObject({ llmCalls: 2, prompt: undefined })
      expect(heard).toMatchObject([{ type: 'trace.updated', trace: made }, { type: 'span.updated' }])
    })

    test('stay with the trace that they belong to when another goes that shows them', async () => {
      await using store = await open()
      const agent = spanOf({ type: 'agent', durationUs: 9_000_000, context: { sessionId: 'session 1' } })
      await store.write(batchOf([agent], { logEvents: namelessTurn() }))
      const [made] = (await listAll(store, scope)).filter(({ traceId }) => traceId !== traceIdOf(1))
      await store.deleteTrace(scope, made!.traceId)
      expect(await listAll(store, scope)).toMatchObject([{ traceId: traceIdOf(1), prompt: 'What is the weather?' }])
    })

    test('leave nothing behind when the traces they belong to are deleted', async () => {
      await using store = await open()
      await store.write(batchOf(spansOfNamelessTurn(), { logEvents: namelessTurn() }))
      for (const { traceId } of await listAll(store, scope)) {
        await store.deleteTrace(scope, traceId)
        expect((await listAll(store, scope)).filter(({ name }) => name === 'agent')).toEqual([])
      }
      expect(await store.readStats(scope)).toMatchObject({ traces: 0, spans: 0 })
    })

    test('bring a trace back that somebody deleted only when they are sent again', async () => {
      await using store = await open()
      await store.write(logsOf(...namelessTurn()))
      const [made] = await listAll(store, scope)
      await store.deleteTrace(scope, made!.traceId)
      expect(await listAll(store, scope)).toEqual([])
      await store.write(logsOf(...namelessTurn()))
      expect((await listAll(store, scope)).map(({ traceId }) => traceId)).toEqual([made!.traceId])
    })
  })
}
