import { randomUUID } from 'node:crypto'
import type { Score } from '@tracellm/core'
import {
  listScoresQuery,
  projectQuery,
  scoreInput,
  scoreJson,
  scoreListJson,
  type ScoreInput,
} from '@tracellm/core/wire'
import type { AppParts } from '../app-parts.ts'
import { presentScore } from '../present/score-json.ts'
import { shortId } from '../short-text.ts'
import { pageInMemory } from './page-in-memory.ts'
import { defineRoute, type Route } from './route.ts'

/** Judgements of traces and spans. */
export function scoreRoutes({ store, clock }: Pick<AppParts, 'store' | 'clock'>): Route[] {
  const writeScore = defineRoute({
    method: 'POST',
    path: '/scores',
    scope: 'ingest',
    group: 'Scores',
    summary: 'Makes a score, or replaces the one with the same id',
    query: projectQuery,
    body: scoreInput,
    answer: scoreJson,
    status: 201,
    async handle({ scope, body }) {
      const score = scoreOf(body, clock())
      await store.writeScore(scope, score)
      return presentScore(score)
    },
  })

  const listScores = defineRoute({
    method: 'GET',
    path: '/scores',
    scope: 'read',
    group: 'Scores',
    summary: 'The scores of a trace, oldest first',
    query: listScoresQuery,
    answer: scoreListJson,
    async handle({ scope, query }) {
      const page = pageInMemory(await store.listScores(scope, query.trace_id), (score) => score.scoreId, query)
      return { items: page.items.map((score) => presentScore(score)), next_cursor: page.nextCursor ?? null }
    },
  })

  return [writeScore, listScores]
}

function scoreOf(input: ScoreInput, createdUs: number): Score {
  return {
    scoreId: input.id ?? randomUUID(),
    traceId: input.trace_id,
    spanId: input.span_id,
    sessionId: input.session_id === undefined ? undefined : shortId(input.session_id),
    name: input.name,
    value: input.value,
    comment: input.comment,
    source: input.source,
    createdUs,
  }
}
