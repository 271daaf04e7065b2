import type { ProjectId } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { listAll, type OpenStore } from './read-whole.ts'
import { batchOf, projectA, projectB, spanOf, traceIdOf } from './span-samples.ts'

const proposed = { fixed: false, projectId: projectA }
const proposedElsewhere = { fixed: false, projectId: projectB }

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
  })
}
