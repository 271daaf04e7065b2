import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activeTimeUs } from './active-time.ts'
import { buildTree } from './build-tree.ts'
import { sampleSpan } from './sample-span.ts'

describe('activeTimeUs', () => {
  test('counts overlapping steps once and leaves gaps and parents out', () => {
    const spans = [
      sampleSpan({ id: 1, startUs: 0, endUs: 100 }),
      sampleSpan({ id: 2, parent: 1, startUs: 10, endUs: 20 }),
      sampleSpan({ id: 3, parent: 1, startUs: 15, endUs: 30 }),
      sampleSpan({ id: 4, parent: 1, startUs: 16, endUs: 18 }),
      sampleSpan({ id: 5, parent: 1, startUs: 50, endUs: 55 }),
    ]
    expect(activeTimeUs(buildTree(spans))).toBe(25)
  })

  test('is the duration of a lone span', () => {
    expect(activeTimeUs(buildTree([sampleSpan({ id: 1, startUs: 3, endUs: 9 })]))).toBe(6)
  })

  test('lets an open step last up to the last instant known', () => {
    const open = sampleSpan({ id: 1, startUs: 10, endUs: undefined })
    expect(activeTimeUs(buildTree([open]))).toBe(0)
    expect(activeTimeUs(buildTree([open, sampleSpan({ id: 2, startUs: 25, endUs: 40 })]))).toBe(30)
  })

  test('counts each microsecond in which a leaf was open', () => {
    const spans = fc
      .array(fc.record({ startUs: fc.nat(60), durationUs: fc.nat(20), parent: fc.nat() }), { minLength: 1 })
      .map((list) =>
        list.map(({ startUs, durationUs, parent }, id) =>
          sampleSpan({ id, startUs, endUs: startUs + durationUs, parent: parent % (id + 1) }),
        ),
      )
    fc.assert(
      fc.property(spans, (list) => {
        const leaves = list.filter((span) => !list.some((other) => other !== span && other.parentId === span.spanId))
        const instants = Array.from({ length: 80 }, (_, us) => us)
        const active = instants.filter((us) => leaves.some((leaf) => leaf.startUs <= us && us < leaf.endUs!))
        expect(activeTimeUs(buildTree(list))).toBe(active.length)
      }),
    )
  })
})
