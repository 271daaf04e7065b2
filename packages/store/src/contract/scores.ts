import type { Score } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import type { OpenStore } from './read-whole.ts'
import { batchOf, projectA, projectB, spanIdOf, spanOf, traceIdOf } from './span-samples.ts'

const scope = { projectId: projectA }
const trace = traceIdOf(1)
const score: Score = { scoreId: 'one', traceId: trace, name: 'helpful', value: 0.75, source: 'human', createdUs: 20 }

/** Judgements of traces and spans. */
export function scoresContract(open: OpenStore): void {
  describe('scores', () => {
    test('come back as they were given, oldest first', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf(), spanOf({ trace: 2 })]))
      const said: Score = {
        ...score,
        scoreId: 'two',
        value: 'ja',
        comment: 'well\nsaid',
        createdUs: 10,
        source: 'eval',
      }
      const ofSpan: Score = {
        ...score,
        scoreId: 'three',
        value: false,
        spanId: spanIdOf(1),
        sessionId: 's',
        createdUs: 30,
      }
      for (const each of [score, said, ofSpan]) await store.writeScore(scope, each)
      expect(await store.listScores(scope, trace)).toEqual([said, score, ofSpan])
      expect(await store.listScores(scope, traceIdOf(2))).toEqual([])
      expect((await store.readSpan(scope, trace, spanIdOf(1))).scores).toEqual([ofSpan])
    })

    test('are replaced by the same id', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf()]))
      await store.writeScore(scope, score)
      const second: Score = { ...score, value: 1, comment: 'on reflection' }
      await store.writeScore(scope, second)
      expect(await store.listScores(scope, trace)).toEqual([second])
    })

    test('of one project do not replace those of another', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf()]))
      await store.write(batchOf([spanOf()], { projectId: projectB }))
      await store.writeScore(scope, score)
      await store.writeScore({ projectId: projectB }, { ...score, value: 0 })
      expect(await store.listScores(scope, trace)).toEqual([score])
      expect(await store.listScores({ projectId: projectB }, trace)).toEqual([{ ...score, value: 0 }])
    })

    test('want a trace and a span that exist', async () => {
      await using store = await open()
      await expect(store.writeScore({}, score)).rejects.toMatchObject({ code: 'TL_TRACE_NOT_FOUND' })
      await store.write(batchOf([spanOf()]))
      await expect(store.writeScore(scope, { ...score, spanId: spanIdOf(9) })).rejects.toMatchObject({
        code: 'TL_SPAN_NOT_FOUND',
      })
      expect(await store.listScores(scope, trace)).toEqual([])
    })
  })
}
