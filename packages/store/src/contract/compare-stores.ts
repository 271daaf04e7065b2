import { TraceLLMError, type ErrorCode, type TraceId } from '@tracellm/core'
import { expect } from 'vitest'
import type { StoreChange } from '../port/change.ts'
import type { Analytics, AnalyticsQuery, Scope, TraceFilter, TraceRow } from '../port/queries.ts'
import type { TraceStore } from '../port/trace-store.ts'
import { nearly } from './near.ts'
import { listAll, readWhole, timeless } from './read-whole.ts'
import { projectA, projectB, sampleStartUs, traceIdOf } from './span-samples.ts'
import type { StoreCommand } from './store-commands.ts'

/**
 * Does the same to two stores and expects the same of both: the outcome of every command, the changes told of it, and
 * every answer there is.
 * What only a store's own clock or history decides is left out: when it first and last heard of a trace, and which
 * requests it found slow. Percentiles of `store` may be 1 % from those of `truth`.
 * @param truth the memory store, or any that counts percentiles exactly
 * @param when answers are compared: after each command, or after the last alone, which takes a fifth of the time
 */
export async function compareStores(
  truth: TraceStore,
  store: TraceStore,
  commands: readonly StoreCommand[],
  when: 'each' | 'last' = 'each',
): Promise<void> {
  const heardOfTruth = hear(truth)
  const heardOfStore = hear(store)
  for (const [at, command] of commands.entries()) {
    const wanted = { at, command: command.do, outcome: await outcomeOf(truth, command), changes: heardOfTruth() }
    const found = { at, command: command.do, outcome: await outcomeOf(store, command), changes: heardOfStore() }
    expect(found).toEqual(wanted)
    if (when === 'last' && at < commands.length - 1) continue
    const answers = await allAnswers(truth)
    expect(nearly(answers, await allAnswers(store))).toEqual(answers)
  }
}

/** What comes of a command: a value, or a failure by its code. */
export async function outcomeOf(
  store: TraceStore,
  command: StoreCommand,
): Promise<{ value: unknown } | { code: ErrorCode }> {
  try {
    return { value: await run(store, command) }
  } catch (error) {
    if (error instanceof TraceLLMError) return { code: error.code }
    throw error
  }
}

async function run(store: TraceStore, command: StoreCommand): Promise<unknown> {
  switch (command.do) {
    case 'write':
      return store.write(command.batch)
    case 'writeScore':
      return store.writeScore(command.scope, { ...command.score, traceId: await traceAt(store, command) })
    case 'deleteTrace': {
      const traceId = await traceAt(store, command)
      const { deletedTraces, deletedSpans } = await store.deleteTrace(command.scope, traceId)
      return { deletedTraces, deletedSpans }
    }
    case 'deleteProject': {
      const { deletedTraces, deletedSpans } = await store.deleteProject(command.projectId)
      return { deletedTraces, deletedSpans }
    }
    case 'sweepIdle':
      return store.sweepIdle(command.nowUs)
  }
}

/** @returns gives what was told since it was asked last: by what it is of, and without what a clock decides. */
function hear(store: TraceStore): () => Record<string, unknown> {
  const heard: StoreChange[] = []
  store.onChanges(({ changes }) => heard.push(...changes))
  return () => Object.fromEntries(heard.splice(0).map((change) => [subjectOf(change), comparableChange(change)]))
}

function subjectOf(change: StoreChange): string {
  const { type, projectId } = change
  if ('trace' in change) return `${type} ${projectId} ${change.trace.traceId}`
  return `${type} ${projectId} ${'step' in change ? `${change.traceId} ${change.step.spanId}` : change.score.scoreId}`
}

function comparableChange({ sequence: _, ...change }: StoreChange): unknown {
  return 'trace' in change ? { ...change, trace: timeless(change.trace) } : change
}

/** One of the traces that there are; one of the samples' where there is none. */
async function traceAt(store: TraceStore, { scope, place }: { scope: Scope; place: number }): Promise<TraceId> {
  const { items } = await store.listTraces(scope, {}, { limit: 200 })
  return items[place % items.length]?.traceId ?? traceIdOf(1)
}

const scopes: readonly Scope[] = [
  {},
  { projectId: projectA },
  { projectId: projectB },
  { projectId: projectA, environment: 'prod' },
  { environment: 'staging' },
]

const filters: readonly TraceFilter[] = [
  {},
  { status: 'running' },
  { status: 'failed' },
  { model: 'large' },
  { model: 'small', userId: 'anna' },
  { sessionId: 'session 1' },
  { environment: 'dev' },
  { latencyMinUs: 5_000_000 },
  { tokenMin: 2000, tokenMax: 9000 },
  { fromUs: sampleStartUs + 100_000_000 },
]

const dayUs = 86_400_000_000
const range = { fromUs: sampleStartUs - dayUs, toUs: sampleStartUs + dayUs }
const queries: readonly AnalyticsQuery[] = [
  range,
  { ...range, model: 'large' },
  { ...range, environment: 'prod', interval: 'hour' },
  { fromUs: sampleStartUs, toUs: sampleStartUs + 120_000_000 },
]

async function allAnswers(store: TraceStore): Promise<unknown> {
  const { traces, spans, sequence } = await store.readStats({})
  const projects = (await store.listProjects({})).map((project) => project.projectId).toSorted()
  const answers: unknown[] = []
  for (const scope of scopes) {
    for (const filter of filters) answers.push((await listAll(store, scope, filter, 2)).map(timeless))
    for (const query of queries) answers.push(comparable(await store.readAnalytics(scope, query)))
    const { failedTraces, retries, totals } = await store.readFailures(scope, { limit: 2 })
    answers.push(failedTraces.map(timeless), retries.map(timeless), [totals.failed, totals.retries])
  }
  return { traces, spans, sequence, projects, answers, wholes: await wholeTraces(store) }
}

async function wholeTraces(store: TraceStore): Promise<unknown[]> {
  const wholes: unknown[] = []
  for (const { projectId, traceId } of await listAll(store, {})) {
    wholes.push(await readWhole(store, { projectId }, traceId), await store.listScores({ projectId }, traceId))
  }
  return wholes
}

function comparable({ summary, recentFailures, ...analytics }: Analytics): unknown {
  const { slowRequests: _, ...figures } = summary
  return { ...analytics, summary: figures, recentFailures: recentFailures.map((row: TraceRow) => timeless(row)) }
}
