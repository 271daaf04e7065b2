import type { LogEvent, Message, ProjectId, Span } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { eventOf } from './log-samples.ts'
import { listAll, spansOf, type OpenStore } from './read-whole.ts'
import {
  batchOf,
  messagesOf,
  projectA,
  projectB,
  projectC,
  spanIdOf,
  spanOf,
  textMessage,
  traceIdOf,
} from './span-samples.ts'

const proposed = { fixed: false, projectId: projectA }
const proposedElsewhere = { fixed: false, projectId: projectB }
const proposedToThird = { fixed: false, projectId: projectC }

/** What project A has stored before: whoever sends it there again need not send its text. */
const known = (trace: number): Message => textMessage('user', `known ${trace}`)
const silent = (trace: number, id: number): Span => spanOf({ trace, id, type: 'llm' })
const sayer = (trace: number, id: number): Span => ({ ...silent(trace, id), input: messagesOf(known(trace)) })
const told = (trace: number, id: number): LogEvent =>
  eventOf({ name: 'gen_ai.user.message', traceId: traceIdOf(trace), spanId: spanIdOf(id), input: [known(trace)] })

/** Without a key a trace belongs to the project of its first span. */
export function routingContract(open: OpenStore): void {
  describe('routing', () => {
    test('follows the first span of a trace, whatever later ones propose', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ id: 2, parent: 1 })], proposed))
      const receipt = await store.write(batchOf([spanOf({ id: 1 }), spanOf({ trace: 2 })], proposedElsewhere))
      expect(receipt.groups[0]!.projectOfTrace).toEqual(
        new Map<unknown, ProjectId>([
          [traceIdOf(1), projectA],
          [traceIdOf(2), projectB],
        ]),
      )
      expect((await listAll(store, { projectId: projectA }))[0]).toMatchObject({ spanCount: 2 })
      expect(await listAll(store, { projectId: projectB })).toHaveLength(1)
    })

    test('settles a batch as one: its first group decides', async () => {
      await using store = await open()
      const [first, second] = [spanOf({ id: 1 }), spanOf({ id: 2, parent: 1 })]
      await store.write({
        groups: [
          { ...proposed, spans: [first], logEvents: [] },
          { ...proposedElsewhere, spans: [second], logEvents: [] },
        ],
      })
      expect((await listAll(store, {})).map((row) => [row.projectId, row.spanCount])).toEqual([[projectA, 2]])
    })

    test('takes what a batch says to where its traces go, not to where each group proposes', async () => {
      await using store = await open()
      const traces = [1, 2, 3, 4, 5]
      await store.write(batchOf(traces.map((trace) => ({ ...sayer(trace, trace), traceId: traceIdOf(100) }))))
      const { groups } = await store.write({
        groups: [
          { ...proposedElsewhere, spans: [silent(1, 1)], logEvents: [eventOf({ traceId: traceIdOf(2) })] },
          { ...proposedToThird, spans: [silent(3, 1)], logEvents: [] },
          { ...proposed, spans: [sayer(1, 2), silent(2, 1), sayer(4, 1)], logEvents: [told(2, 1), told(3, 1)] },
          { ...proposedElsewhere, spans: [sayer(4, 2), sayer(5, 1)], logEvents: [] },
        ],
      })
      expect(groups.map(({ storedSpans, storedLogEvents }) => [storedSpans, storedLogEvents])).toEqual([
        [1, 1],
        [1, 0],
        [3, 2],
        [2, 0],
      ])
      for (const [trace, projectId, spans] of [
        [1, projectB, [undefined, messagesOf(known(1))]],
        [2, projectB, [messagesOf(known(2))]],
        [3, projectC, [messagesOf(known(3))]],
        [4, projectA, [messagesOf(known(4)), messagesOf(known(4))]],
        [5, projectB, [messagesOf(known(5))]],
      ] as const) {
        const read = await spansOf(store, { projectId }, traceIdOf(trace))
        expect(read.map(({ span }) => span.input)).toEqual(spans)
      }
    })

    test('lets a key in a batch neither settle a trace nor be settled', async () => {
      await using store = await open()
      await store.write(batchOf([{ ...sayer(1, 1), traceId: traceIdOf(100) }]))
      const byKey = { fixed: true, projectId: projectA, logEvents: [] }
      await store.write({
        groups: [
          { ...byKey, spans: [sayer(1, 1)] },
          { ...proposedElsewhere, spans: [silent(1, 2)], logEvents: [] },
          { ...proposed, spans: [sayer(1, 3)], logEvents: [] },
          { ...byKey, spans: [sayer(1, 4)] },
        ],
      })
      expect(await spansOf(store, { projectId: projectA }, traceIdOf(1))).toMatchObject([
        { span: { spanId: spanIdOf(1), input: messagesOf(known(1)) } },
        { span: { spanId: spanIdOf(4), input: messagesOf(known(1)) } },
      ])
      expect(await spansOf(store, { projectId: projectB }, traceIdOf(1))).toMatchObject([
        { span: { spanId: spanIdOf(2) } },
        { span: { spanId: spanIdOf(3), input: messagesOf(known(1)) } },
      ])
    })

    test('does not follow a trace that a key wrote, nor lets a key follow a proposal', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf()]))
      await store.write(batchOf([spanOf()], proposedElsewhere))
      expect(await listAll(store, {})).toHaveLength(2)

      await store.write(batchOf([spanOf({ trace: 2 })], proposed))
      await store.write(batchOf([spanOf({ trace: 2, id: 2, parent: 1 })], { projectId: projectB }))
      expect(await listAll(store, { projectId: projectB })).toHaveLength(2)
    })

    test('takes key and proposal of one project for one trace', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ id: 1 })]))
      await store.write(batchOf([spanOf({ id: 2, parent: 1 })], proposed))
      await store.write(batchOf([spanOf({ id: 3, parent: 1 })], proposedElsewhere))
      expect((await listAll(store, {})).map((row) => [row.projectId, row.spanCount])).toEqual([[projectA, 3]])
    })

    test('makes a project that is named for the first time', async () => {
      await using store = await open()
      await store.createProject({ projectId: projectA, name: 'A', description: 'made before', createdUs: 1 })
      await store.write(batchOf([spanOf()], proposed))
      await store.write(batchOf([spanOf({ trace: 2 })], proposedElsewhere))
      const projects = await store.listProjects({})
      expect(projects.find((project) => project.projectId === projectA)).toMatchObject({ name: 'A', createdUs: 1 })
      expect(projects.find((project) => project.projectId === projectB)).toMatchObject({ name: projectB })
      expect(projects).toHaveLength(2)
    })

    test('makes no project that nothing goes to', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf()], proposed))
      await store.write(batchOf([sayer(1, 2)], { ...proposedElsewhere, logEvents: [told(1, 1)] }))
      expect(await store.listProjects({})).toMatchObject([{ projectId: projectA }])
    })
  })
}
