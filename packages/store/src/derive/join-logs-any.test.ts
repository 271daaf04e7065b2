import { array, assert, boolean, integer, nat, option, property, record, shuffledSubarray, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillOf } from './fill-span.ts'
import type { JoinRecord, JoinSpan } from './join-facts.ts'
import { joinLogs } from './join-logs.ts'
import { sampleCall, samplePrompt, sampleRecord, sampleSpan, sampleTool } from './join-sample.ts'
import { bySpan } from './same-time.ts'

/** A step that took place, and who tells of it. */
const anyStep = record({
  isTool: boolean(),
  /** After the end of the step before, and for how long. */
  gapMs: integer({ min: 120, max: 5000 }),
  tookMs: integer({ min: 1, max: 30_000 }),
  hasSpan: boolean(),
  hasRecord: boolean(),
  hasAnswer: boolean(),
  spanHasKey: boolean(),
  recordHasKey: boolean(),
  /** How late the record was written, and by how much it took the step for shorter than the span did. */
  lateMs: nat(40),
  shorterPercent: nat(20),
})

interface Told {
  readonly span: JoinSpan | undefined
  readonly record: JoinRecord | undefined
  readonly answer: JoinRecord | undefined
}

const anySession = array(anyStep, { maxLength: 30 }).map((steps): Told[] => {
  let atMs = 1000
  return steps.map((step, place) => {
    const fromMs = atMs + step.gapMs
    const toMs = fromMs + step.tookMs
    atMs = toMs
    const type = step.isTool ? 'tool' : 'llm'
    const tookMs = Math.round(step.tookMs * (1 - step.shorterPercent / 100))
    const call = { atMs: toMs + step.lateMs, promptId: 'p', callKey: step.recordHasKey ? place : undefined }
    const durationUs = tookMs * 1000
    const answer = { parts: 1, isOneOfMany: false }
    return {
      span: step.hasSpan
        ? sampleSpan(`span ${place}`, { type, fromMs, toMs, callKey: step.spanHasKey ? place : undefined })
        : undefined,
      record: step.hasRecord
        ? step.isTool
          ? sampleTool({ ...call, standsFor: { type: 'tool', name: 'Bash', durationUs } })
          : sampleCall({ ...call, tookMs })
        : undefined,
      answer:
        step.hasAnswer && !step.isTool && (step.hasSpan || step.hasRecord)
          ? sampleRecord({ atMs: toMs, name: 'agent.answer', promptId: 'p', output: answer })
          : undefined,
    }
  })
})

function given<Item>(items: readonly (Item | undefined)[]): Item[] {
  return items.filter((item) => item !== undefined)
}

describe('joinLogs, whatever comes', () => {
  test('counts every step once, and gives each span the records of its own step', () => {
    assert(
      property(anySession, (steps) => {
        const spans = given(steps.map(({ span }) => span))
        const records = given(steps.flatMap((step) => [step.record, step.answer]))
        const { recordsOf, standIns } = joinLogs(spans, records)
        const found = steps.map(({ span, record: told }) => {
          const standIn = standIns.find(({ toldBy, type }) => toldBy === told && type !== 'agent')
          return new Set([...((span && recordsOf.get(span)) ?? []), ...(standIn?.records ?? [])])
        })
        expect(found).toEqual(steps.map(({ record: told, answer }) => new Set(given([told, answer]))))
        const missing = steps.filter(({ span, record: told }) => span === undefined && told !== undefined)
        expect(standIns.filter(({ type }) => type !== 'agent')).toHaveLength(missing.length)
      }),
      { numRuns: 300 },
    )
  })

  const anyRecord = record({
    kind: nat(3),
    atMs: nat(5000),
    tookMs: option(nat(2000), { nil: undefined }),
    session: nat(1),
    promptId: option(nat(1), { nil: undefined }),
    key: option(nat(2), { nil: undefined }),
    named: option(nat(5), { nil: undefined }),
    failed: boolean(),
    sequence: option(nat(3), { nil: undefined }),
  })

  const anySpan = record({
    type: nat(3),
    fromMs: nat(5000),
    tookMs: option(nat(2000), { nil: undefined }),
    session: option(nat(1), { nil: undefined }),
    trace: nat(1),
    key: option(nat(2), { nil: undefined }),
  })

  test('says the same for any order, of steps that overlap, share ids and lack them', () => {
    const both = tuple(
      array(anySpan, { maxLength: 8 }).map((drafts) =>
        drafts.map(({ type, fromMs, tookMs, session, trace, key }, place) =>
          sampleSpan(`span ${place}`, {
            type: (['llm', 'tool', 'agent', 'chain'] as const)[type]!,
            fromMs,
            toMs: tookMs === undefined ? null : fromMs + tookMs,
            sessionId: session === undefined ? undefined : `s${session}`,
            trace: `t${trace}`,
            callKey: key,
          }),
        ),
      ),
      array(anyRecord, { maxLength: 12 }).map((drafts) =>
        drafts.map(({ kind, atMs, tookMs, session, promptId, key, named, failed, sequence }) => {
          const said = {
            atMs,
            sequence,
            sessionId: `s${session}`,
            promptId: promptId === undefined ? undefined : `p${promptId}`,
            callKey: key,
            trace: named === undefined ? undefined : `t${named % 2}`,
            span: named === undefined ? undefined : `span ${named}`,
          }
          const output = { parts: 1, isOneOfMany: false }
          if (kind === 0) return samplePrompt(said)
          if (kind === 1) return sampleTool(said)
          return kind === 2 ? sampleCall({ ...said, tookMs: tookMs ?? 0, failed }) : sampleRecord({ ...said, output })
        }),
      ),
    ).chain(([spans, records]) =>
      tuple(
        shuffledSubarray(spans, { minLength: spans.length }),
        shuffledSubarray(records, { minLength: records.length }),
      ).map((shuffled) => ({ spans, records, shuffled })),
    )
    assert(
      property(both, ({ spans, records, shuffled }) => {
        expect(outcomeOf(...shuffled)).toEqual(outcomeOf(spans, records))
      }),
      { numRuns: 500 },
    )
  })
})

/** All that is decided, in an order of its own. */
function outcomeOf(spans: readonly JoinSpan[], records: readonly JoinRecord[]): unknown {
  const { recordsOf, standIns } = joinLogs(spans, records)
  const silent = { failed: false, hasInput: false, hasOutput: false, hasTools: false, call: {}, error: undefined }
  const owners = [...recordsOf].map(([span, own]) => ({ span, own, fill: fillOf({ type: span.type, ...silent }, own) }))
  return { owners: owners.toSorted((one, other) => bySpan(one.span, other.span)), standIns }
}
