import { describe, expect, test } from 'vitest'
import { listAll, readWhole, type OpenStore } from './read-whole.ts'
import {
  batchOf,
  callOf,
  messagesOf,
  projectA,
  projectB,
  sampleStartUs,
  spanIdOf,
  spanOf,
  textMessage,
  traceIdOf,
} from './span-samples.ts'

const scope = { projectId: projectA }
const range = { fromUs: sampleStartUs, toUs: sampleStartUs + 60_000_000 }
const said = textMessage('user', 'said in both traces')
const shared = messagesOf(said)

function agentTrace(trace: number): ReturnType<typeof spanOf>[] {
  return [
    spanOf({ trace, id: 1, type: 'agent', status: 'error', error: { message: 'gave up' } }),
    spanOf({ trace, id: 2, parent: 1, type: 'llm', call: callOf('large', 10, 5), input: shared }),
    spanOf({ trace, id: 3, parent: 1, type: 'tool', tool: { name: 'search' }, context: { sessionId: 'session' } }),
  ]
}

/** What is deleted is gone from every answer, and nothing else is. */
export function deletionContract(open: OpenStore): void {
  describe('deletion', () => {
    test('takes a trace out of every answer', async () => {
      await using store = await open()
      await store.write(batchOf([...agentTrace(1), ...agentTrace(2)]))
      const survivor = await readWhole(store, scope, traceIdOf(2))
      const deletion = await store.deleteTrace(scope, traceIdOf(1))
      expect(deletion).toMatchObject({ deletedTraces: 1, deletedSpans: 3 })

      await expect(store.readTrace(scope, traceIdOf(1), { limit: 1 })).rejects.toMatchObject({
        code: 'TL_TRACE_NOT_FOUND',
      })
      expect((await listAll(store, scope)).map((row) => row.traceId)).toEqual([traceIdOf(2)])
      expect(await listAll(store, scope, { sessionId: 'session' })).toHaveLength(1)
      expect((await store.readFailures(scope, { limit: 20 })).totals).toEqual({ failed: 1, retries: 0, slow: 0 })
      expect(await store.readStats(scope)).toMatchObject({ traces: 1, spans: 3 })
      expect(await readWhole(store, scope, traceIdOf(2))).toEqual(survivor)
    })

    test('leaves the analytics of what remains', async () => {
      await using store = await open()
      await store.write(batchOf(agentTrace(2)))
      const before = await store.readAnalytics(scope, range)
      await store.write(batchOf(agentTrace(1)))
      await store.deleteTrace(scope, traceIdOf(1))
      expect(await store.readAnalytics(scope, range)).toEqual(before)
    })

    test('keeps a body that another trace refers to, whichever brought it', async () => {
      for (const deleted of [1, 2]) {
        await using store = await open()
        await store.write(batchOf(agentTrace(1)))
        await store.write(batchOf(agentTrace(2)))
        await store.deleteTrace(scope, traceIdOf(deleted))
        const traceId = traceIdOf(3 - deleted)
        const { span, bodies } = await store.readSpan(scope, traceId, spanIdOf(2))
        expect(span.input).toEqual(shared)
        expect(JSON.parse(await store.readBody(scope, traceId, bodies.input[0]!.key))).toEqual(said)
      }
    })

    test('lets a deleted trace be written anew', async () => {
      await using store = await open()
      await store.write(batchOf(agentTrace(1)))
      const whole = await readWhole(store, scope, traceIdOf(1))
      await store.deleteTrace(scope, traceIdOf(1))
      const receipt = await store.write(batchOf(agentTrace(1)))
      expect(receipt.groups[0]).toMatchObject({ storedSpans: 3, duplicateSpans: 0 })
      expect(await readWhole(store, scope, traceIdOf(1))).toEqual(whole)
      expect((await store.readAnalytics(scope, range)).summary).toMatchObject({ totalTraces: 1, llmCalls: 1 })
    })

    test('takes the scores of a trace with it', async () => {
      await using store = await open()
      await store.write(batchOf(agentTrace(1)))
      const score = { scoreId: 's', traceId: traceIdOf(1), name: 'ok', value: 1, source: 'api', createdUs: 5 } as const
      await store.writeScore(scope, score)
      await store.deleteTrace(scope, traceIdOf(1))
      await store.write(batchOf(agentTrace(1)))
      expect(await store.listScores(scope, traceIdOf(1))).toEqual([])
    })

    test('does not know a trace that is not there', async () => {
      await using store = await open()
      await expect(store.deleteTrace({}, traceIdOf(1))).rejects.toMatchObject({ code: 'TL_TRACE_NOT_FOUND' })
    })

    test('takes a project with its traces and keys, and no other', async () => {
      await using store = await open()
      await store.write(batchOf([...agentTrace(1), ...agentTrace(2)]))
      await store.write(batchOf(agentTrace(1), { projectId: projectB }))
      for (const projectId of [projectA, projectB]) {
        const keyId = `key of ${projectId}`
        await store.createApiKey({ keyId, keyHash: keyId, prefix: 'tlm', projectId, scopes: ['read'], createdUs: 1 })
      }
      expect(await store.deleteProject(projectA)).toMatchObject({ deletedTraces: 2, deletedSpans: 6 })
      expect((await store.listProjects({})).map((project) => project.projectId)).toEqual([projectB])
      expect((await store.listApiKeys({})).map((key) => key.projectId)).toEqual([projectB])
      expect((await listAll(store, {})).map((row) => row.projectId)).toEqual([projectB])
      expect((await store.readAnalytics({}, range)).summary).toMatchObject({ totalTraces: 1 })
      await expect(store.deleteProject(projectA)).rejects.toMatchObject({ code: 'TL_PROJECT_NOT_FOUND' })
    })

    test('lets a trace that was proposed be proposed elsewhere afterwards', async () => {
      await using store = await open()
      await store.write(batchOf(agentTrace(1), { fixed: false }))
      await store.deleteTrace({}, traceIdOf(1))
      const receipt = await store.write(batchOf(agentTrace(1), { fixed: false, projectId: projectB }))
      expect(receipt.groups[0]!.projectOfTrace.get(traceIdOf(1))).toBe(projectB)
    })
  })
}
