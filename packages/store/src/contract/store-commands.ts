import type { LogEvent, ProjectId, Score, Span } from '@tracellm/core'
import {
  array,
  boolean,
  constant,
  constantFrom,
  nat,
  oneof,
  record,
  shuffledSubarray,
  tuple,
  type Arbitrary,
} from 'fast-check'
import type { Scope } from '../port/queries.ts'
import type { WriteBatch, WriteGroup } from '../port/write-batch.ts'
import { logArbitrary } from './log-arbitrary.ts'
import { projectA, projectB, projectC, sampleStartUs, traceIdOf } from './span-samples.ts'
import { inTrace, traceArbitrary } from './trace-arbitrary.ts'

/** Something to be done to a store, or to two that are compared. */
export type StoreCommand =
  | { readonly do: 'write'; readonly batch: WriteBatch }
  /** Traces are meant by their place in the list, so that those are met that log records make. */
  | { readonly do: 'writeScore'; readonly scope: Scope; readonly place: number; readonly score: Omit<Score, 'traceId'> }
  | { readonly do: 'deleteTrace'; readonly scope: Scope; readonly place: number }
  | { readonly do: 'deleteProject'; readonly projectId: ProjectId }
  /** A sweep before anything has waited for long, or after all has; nothing hangs on the clocks of the stores. */
  | { readonly do: 'sweepIdle'; readonly nowUs: number }

/**
 * What may happen to a store: a few traces come in portions, in any order, in versions and more than once, by keys and
 * by proposals, are scored, deleted, and given up.
 */
export const storeCommands: Arbitrary<readonly StoreCommand[]> = commandsOver(constant([]))

/** The same with log records among the spans. */
export const storeCommandsWithLogs: Arbitrary<readonly StoreCommand[]> = commandsOver(logArbitrary)

interface Pool {
  readonly spans: readonly Span[]
  readonly logEvents: readonly LogEvent[]
}

function commandsOver(logEvents: Arbitrary<readonly LogEvent[]>): Arbitrary<readonly StoreCommand[]> {
  const samples = array(traceArbitrary, { minLength: 1, maxLength: 3 })
  return tuple(samples, logEvents).chain(([traces, events]) => {
    const spans = traces.flatMap((sample, at) => inTrace(sample, traceIdOf(at + 1)).flatMap(versionsOf))
    return array(commandOver({ spans, logEvents: events }), { minLength: 1, maxLength: 12 })
  })
}

/**
 * A span as it was sent when it began, when it ended, and when it was mended. Each has more attributes than the one
 * before, so that which of them stands never hangs on a hash, of which every store has its own.
 */
function versionsOf(span: Span): Span[] {
  const { endUs: _, call, ...begun } = span
  const mended = {
    ...span,
    name: `${span.name} mended`,
    attributes: { whole: true, mended: true },
    ...(call && { call: { ...call, responseId: 'id 2' } }),
  }
  return [begun, { ...span, attributes: { whole: true } }, mended]
}

function commandOver(pool: Pool): Arbitrary<StoreCommand> {
  const scope: Arbitrary<Scope> = constantFrom<Scope[]>({}, { projectId: projectA }, { projectId: projectB })
  const ofTrace = { scope, place: nat(20) }
  return oneof(
    { weight: 12, arbitrary: record({ do: constant('write'), batch: batchOver(pool) }) },
    { weight: 2, arbitrary: record({ do: constant('writeScore'), ...ofTrace, score: anyScore }) },
    { weight: 3, arbitrary: record({ do: constant('deleteTrace'), ...ofTrace }) },
    { weight: 1, arbitrary: record({ do: constant('deleteProject'), projectId: constantFrom(projectA, projectB) }) },
    { weight: 1, arbitrary: record({ do: constant('sweepIdle'), nowUs: constantFrom(sampleStartUs, centuryEndUs) }) },
  )
}

function batchOver({ spans, logEvents }: Pool): Arbitrary<WriteBatch> {
  const group: Arbitrary<WriteGroup> = record({
    identity: constantFrom(...identities),
    spans: someOf(spans),
    logEvents: someOf(logEvents),
  }).map(({ identity, ...sent }) => ({ ...identity, ...sent }))
  return array(group, { minLength: 1, maxLength: 3 }).map((groups) => ({ groups }))
}

/** A project with environments has no other keys: elsewhere two versions could differ in nothing but that. */
const identities: readonly Pick<WriteGroup, 'projectId' | 'fixed' | 'environment'>[] = [
  { projectId: projectA, fixed: true },
  { projectId: projectA, fixed: false },
  { projectId: projectB, fixed: true },
  { projectId: projectB, fixed: false },
  { projectId: projectC, fixed: true, environment: 'staging' },
  { projectId: projectC, fixed: true, environment: 'live' },
]

/** A few or any number of them, shuffled, some twice. */
function someOf<Item>(pool: readonly Item[]): Arbitrary<Item[]> {
  const few = shuffledSubarray([...pool], { maxLength: Math.min(pool.length, 4) })
  return tuple(oneof(few, shuffledSubarray([...pool])), nat(3)).map(([items, twice]) => [
    ...items,
    ...items.slice(0, twice),
  ])
}

const centuryEndUs = Date.UTC(2100, 0) * 1000

const anyScore: Arbitrary<Omit<Score, 'traceId'>> = record({
  scoreId: constantFrom('score 1', 'score 2'),
  name: constantFrom('helpful', 'correct'),
  value: oneof(nat(10), boolean(), constantFrom('good', 'bad')),
  source: constantFrom('api', 'human', 'eval'),
  createdUs: nat(3),
})
