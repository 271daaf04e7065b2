import type { ProjectId } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import type { Scope } from '../port/queries.ts'
import type { TraceStore } from '../port/trace-store.ts'
import { listAll, readWhole, type OpenStore } from './read-whole.ts'
import { batchOf, callOf, projectA, projectB, sampleStartUs, spanIdOf, spanOf, traceIdOf } from './span-samples.ts'

const own: Scope = { projectId: projectA, environment: 'prod' }
const range = { fromUs: sampleStartUs, toUs: sampleStartUs + 60_000_000 }
const page = { limit: 50 }
const trace = traceIdOf(1)
const root = spanIdOf(1)
const score = {
  scoreId: 'own',
  traceId: trace,
  spanId: root,
  name: 'ok',
  value: true,
  source: 'api',
  createdUs: 1,
} as const

const foreign: Record<string, Scope> = {
  'another project': { projectId: projectB },
  'a project that nobody knows': { projectId: 'nowhere' as ProjectId },
  'another environment': { projectId: projectA, environment: 'dev' },
  'the same environment of another project': { projectId: projectB, environment: 'prod' },
}

/** A store with one scored trace of `own`, and one of another project under another environment. */
async function openFilled(open: OpenStore): Promise<TraceStore> {
  const store = await open()
  const context = { environment: 'prod' }
  const spans = [
    spanOf({ id: 1, status: 'error', error: { message: 'secret' }, context }),
    spanOf({ id: 2, parent: 1, type: 'llm', call: callOf('large', 10, 5), input: { form: 'value', value: 'secret' } }),
  ]
  await store.write(batchOf(spans))
  await store.write(batchOf([spanOf({ trace: 2 })], { projectId: projectB, environment: 'staging' }))
  await store.writeScore(own, score)
  await store.createApiKey({
    keyId: 'a',
    keyHash: 'hash a',
    prefix: 'tlm',
    projectId: projectA,
    scopes: [],
    createdUs: 1,
  })
  return store
}

/** A caller sees what is in its scope, and everything else as if it did not exist. */
export function isolationContract(open: OpenStore): void {
  describe('isolation', () => {
    for (const [name, scope] of Object.entries(foreign)) {
      test(`answers ${name} as if nothing existed`, async () => {
        await using store = await openFilled(open)
        const { bodies } = await store.readSpan(own, trace, spanIdOf(2))
        const unknown = { code: 'TL_TRACE_NOT_FOUND' }
        await expect(store.readTrace(scope, trace, page)).rejects.toMatchObject(unknown)
        await expect(store.readSkeleton(scope, trace)).rejects.toMatchObject(unknown)
        await expect(store.readSteps(scope, trace, [root])).rejects.toMatchObject(unknown)
        await expect(store.readStepBodies(scope, trace)).rejects.toMatchObject(unknown)
        await expect(store.readSpan(scope, trace, root)).rejects.toMatchObject(unknown)
        await expect(store.readSpans(scope, trace, page)).rejects.toMatchObject(unknown)
        await expect(store.readBody(scope, trace, bodies.input[0]!.key)).rejects.toMatchObject(unknown)
        await expect(store.listScores(scope, trace)).rejects.toMatchObject(unknown)
        await expect(store.writeScore(scope, { ...score, value: false })).rejects.toMatchObject(unknown)
        await expect(store.deleteTrace(scope, trace)).rejects.toMatchObject(unknown)

        expect((await listAll(store, scope)).map((row) => row.traceId)).not.toContain(trace)
        const { summary, recentFailures } = await store.readAnalytics(scope, range)
        expect(summary).toMatchObject({ failedTraces: 0, llmCalls: 0, inputTokens: 0, errorSpans: 0 })
        expect(recentFailures).toEqual([])
        expect(await store.readFailures(scope, { limit: 20 })).toMatchObject({
          failedTraces: [],
          totals: { failed: 0 },
        })
        expect((await store.listScores(own, trace))[0]).toEqual(score)
      })
    }

    test('answers its own scope, wider ones and that of everything alike', async () => {
      await using store = await openFilled(open)
      const whole = await readWhole(store, own, trace)
      for (const scope of [{ projectId: projectA }, { environment: 'prod' }, {}]) {
        expect(await readWhole(store, scope, trace)).toEqual(whole)
        expect((await listAll(store, scope, { status: 'failed' })).map((row) => row.traceId)).toEqual([trace])
      }
      expect(await listAll(store, {})).toHaveLength(2)
      expect((await store.readAnalytics({}, range)).summary).toMatchObject({ totalTraces: 2, failedTraces: 1 })
      expect(await store.readStats({ projectId: projectA })).toMatchObject({ traces: 1, spans: 2 })
      expect(await store.readStats({})).toMatchObject({ traces: 2, spans: 3 })
    })

    test('shows keys and projects of the scope’s project', async () => {
      await using store = await openFilled(open)
      expect(await store.listApiKeys({ projectId: projectB })).toEqual([])
      await expect(store.revokeApiKey({ projectId: projectB }, 'a', 5)).rejects.toMatchObject({
        code: 'TL_KEY_NOT_FOUND',
      })
      expect((await store.listApiKeys({ projectId: projectA })).map((key) => key.keyId)).toEqual(['a'])
      expect((await store.listProjects({ projectId: projectB })).map((each) => each.projectId)).toEqual([projectB])
    })

    test('keeps the same id under two keys as two traces', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ name: 'of a' })]))
      const receipt = await store.write(batchOf([spanOf({ name: 'of b' })], { projectId: projectB }))
      expect(receipt.groups[0]).toMatchObject({ storedSpans: 1, duplicateSpans: 0 })
      for (const [projectId, name] of [
        [projectA, 'of a'],
        [projectB, 'of b'],
      ] as const) {
        expect((await store.readTrace({ projectId }, trace, page)).trace).toMatchObject({ projectId, name })
      }
      const failure = await store.readTrace({}, trace, page).catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: 'TL_TRACE_AMBIGUOUS', extra: { project_ids: [projectA, projectB] } })
      await expect(store.deleteTrace({}, trace)).rejects.toMatchObject({ code: 'TL_TRACE_AMBIGUOUS' })
      await store.deleteTrace({ projectId: projectA }, trace)
      expect((await store.readTrace({}, trace, page)).trace.name).toBe('of b')
    })

    test('puts everything a key with an environment brings under it', async () => {
      await using store = await open()
      const span = spanOf({ context: { environment: 'dev', sessionId: 'kept' } })
      await store.write(batchOf([span], { environment: 'prod' }))
      expect(await listAll(store, { environment: 'dev' })).toEqual([])
      expect((await listAll(store, own))[0]).toMatchObject({ environment: 'prod', sessionId: 'kept' })
      expect((await store.readSpan(own, trace, root)).span.context.environment).toBe('prod')
    })
  })
}
