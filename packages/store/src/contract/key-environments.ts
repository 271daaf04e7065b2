import { describe, expect, test } from 'vitest'
import type { StoreChanges } from '../port/change.ts'
import type { Scope } from '../port/queries.ts'
import type { TraceStore } from '../port/trace-store.ts'
import type { WriteGroup } from '../port/write-batch.ts'
import { eventOf, eventOfSpan, question, turnOf } from './log-samples.ts'
import { listAll, readWhole, type OpenStore } from './read-whole.ts'
import { batchOf, messagesOf, projectA, spanIdOf, spanOf, textMessage, traceIdOf } from './span-samples.ts'

const trace = traceIdOf(1)
const dev: Scope = { projectId: projectA, environment: 'dev' }
const prod: Scope = { projectId: projectA, environment: 'prod' }
const page = { limit: 50 }
const unknown = { code: 'TL_TRACE_NOT_FOUND' }
const refused = { storedSpans: 0, duplicateSpans: 0, refusedSpans: 1 }

const secretSpan = spanOf({
  type: 'llm',
  context: { sessionId: 'session 1' },
  input: messagesOf(textMessage('user', 'secret of dev')),
})
/** Without a parent and earlier: it would be the root, and say of what environment the trace is. */
const takeover = spanOf({ id: 2, afterUs: -1_000_000, context: { environment: 'prod' } })

/** What everybody but the owner may do to a trace of `dev`. */
const intruders: Record<string, Partial<WriteGroup> & Pick<WriteGroup, 'spans'>> = {
  'an earlier root': { spans: [takeover], environment: 'prod' },
  'a span below its root': { spans: [spanOf({ id: 2, parent: 1 })], environment: 'prod' },
  'a later end of its span': { spans: [spanOf({ durationUs: 5000, name: 'replaced' })], environment: 'prod' },
}

async function told(store: TraceStore, act: () => Promise<unknown>): Promise<(string | undefined)[]> {
  const heard: StoreChanges[] = []
  const stop = store.onChanges((changes) => heard.push(changes))
  await act()
  stop()
  return heard.flatMap(({ changes }) => changes.map((change) => change.environment))
}

/** A trace belongs to the environment that the key of its first write fixes. */
export function keyEnvironmentsContract(open: OpenStore): void {
  describe('key environments', () => {
    for (const [name, group] of Object.entries(intruders)) {
      test(`refuse ${name} from a key of another environment`, async () => {
        await using store = await open()
        await store.write(batchOf([secretSpan], { environment: 'dev' }))
        const before = await readWhole(store, dev, trace)
        const { groups } = await store.write(batchOf([...group.spans], group))
        expect(groups[0]).toMatchObject(refused)
        expect(groups[0]!.projectOfTrace.size).toBe(0)
        expect(await readWhole(store, dev, trace)).toEqual(before)
        await expect(store.readTrace(prod, trace, page)).rejects.toMatchObject(unknown)
        expect(await listAll(store, prod)).toEqual([])
        await expect(store.deleteTrace(prod, trace)).rejects.toMatchObject(unknown)
      })
    }

    test('refuse them in one batch as well, and tell nobody', async () => {
      await using store = await open()
      const byKey = { projectId: projectA, fixed: true, logEvents: [] }
      const environments = await told(store, () =>
        store.write({
          groups: [
            { ...byKey, environment: 'dev', spans: [secretSpan] },
            { ...byKey, environment: 'prod', spans: [takeover] },
          ],
        }),
      )
      expect(new Set(environments)).toEqual(new Set(['dev']))
      expect(await listAll(store, {})).toMatchObject([{ environment: 'dev', spanCount: 1 }])
    })

    test.each([undefined, 'prod'])('leave a trace that a plain key made of %s as it is', async (environment) => {
      await using store = await open()
      await store.write(batchOf([{ ...secretSpan, context: { ...(environment && { environment }) } }]))
      const { groups } = await store.write(batchOf([takeover], { environment: 'prod' }))
      expect(groups[0]).toMatchObject(refused)
      expect((await listAll(store, {}))[0]).toMatchObject({ environment, spanCount: 1 })
    })

    test('stand before what the spans of a plain key say, which follow the trace', async () => {
      await using store = await open()
      await store.write(batchOf([secretSpan], { environment: 'dev' }))
      const environments = await told(store, () => store.write(batchOf([takeover])))
      expect(new Set(environments)).toEqual(new Set(['dev']))
      expect((await store.readTrace(dev, trace, page)).trace).toMatchObject({ environment: 'dev', spanCount: 2 })
      await expect(store.readTrace(prod, trace, page)).rejects.toMatchObject(unknown)
      const { spans } = await store.readStats(dev)
      expect(spans).toBe(2)
    })

    test('end with the trace: whoever writes next makes it', async () => {
      await using store = await open()
      await store.write(batchOf([secretSpan], { environment: 'dev' }))
      await store.deleteTrace(dev, trace)
      await store.write(batchOf([takeover], { environment: 'prod' }))
      expect(await listAll(store, {})).toMatchObject([{ environment: 'prod', spanCount: 1 }])
    })

    test('are settled by log events that come before any span', async () => {
      await using store = await open()
      const logEvents = [eventOfSpan({ input: [question] })]
      await store.write(batchOf([], { environment: 'dev', logEvents }))
      expect((await store.write(batchOf([takeover], { environment: 'prod' }))).groups[0]).toMatchObject(refused)
      const again = [eventOfSpan({ input: [question], afterUs: 7 })]
      const { groups } = await store.write(batchOf([], { environment: 'prod', logEvents: again }))
      expect(groups[0]).toMatchObject({ storedLogEvents: 0, refusedLogEvents: 1 })
      await store.write(batchOf([spanOf({ type: 'llm' })], { environment: 'dev' }))
      expect((await store.readTrace(dev, trace, page)).trace).toMatchObject({
        environment: 'dev',
        prompt: 'What is the weather?',
      })
    })

    test('keep log events from spans of others, whatever session or call they name', async () => {
      await using store = await open()
      const context = { sessionId: 'session 1' }
      const call = { requestId: 'request 1' }
      const logEvents = [
        ...turnOf('prompt 1'),
        eventOf({ requestId: 'request 1', input: [textMessage('user', 'secret of dev')] }),
      ]
      await store.write(batchOf([], { environment: 'dev', logEvents }))
      const before = await listAll(store, dev)
      const spans = [1, 2, 3].map((id) =>
        spanOf({ id, type: 'llm', afterUs: id * 1000, context, call: { ...call, provider: 'openai' } }),
      )
      await store.write(batchOf(spans, { environment: 'prod' }))
      await store.write(batchOf(spans.map((span) => ({ ...span, traceId: traceIdOf(2) }))))
      expect(before).not.toEqual([])
      expect(await listAll(store, dev)).toEqual(before)
      for (const [scope, id] of [
        [prod, trace],
        [{ projectId: projectA }, traceIdOf(2)],
      ] as const) {
        expect((await store.readSpan(scope, id, spanIdOf(1))).span.input).toBeUndefined()
        expect((await store.readTrace(scope, id, page)).trace.prompt).toBeUndefined()
      }
    })

    test('keep the turns of one session under two of them apart', async () => {
      await using store = await open()
      await store.write(batchOf([], { environment: 'dev', logEvents: turnOf('prompt 1') }))
      await store.write(batchOf([], { environment: 'prod', logEvents: turnOf('prompt 1') }))
      const [one, two] = await Promise.all([listAll(store, dev), listAll(store, prod)])
      expect([one.length, two.length]).toEqual([1, 1])
      expect(one[0]!.traceId).not.toBe(two[0]!.traceId)
      expect(one[0]!.spanCount).toBe(two[0]!.spanCount)
    })
  })
}
