import type { LiveStepJson, StepJson, TraceDetailJson } from '@tracellm/core/wire'
import { describe, expect, test } from 'vitest'
import { sampleStep } from '../layout/sample-step.ts'
import { sampleTrace } from './sample-trace.ts'
import { updateHead, updateSteps } from './trace-steps.ts'

const { trace_id, project_id } = sampleTrace('trace', 0)
const told = (step: StepJson): LiveStepJson => ({ ...step, trace_id, project_id })

function page(next_cursor: string | null, ...steps: StepJson[]): TraceDetailJson {
  const resource = { attributes: {}, schema_url: null }
  return { ...sampleTrace('trace', 0), metadata: {}, release: null, resource, active_ms: 0, steps, next_cursor }
}

const [open, ended] = [sampleStep('a', { duration: null }), sampleStep('a', { duration: 5 })]

describe('updateSteps', () => {
  test('renews a step where it stands and adds what is new at the end', () => {
    const pages = [page('more', open), page(null, sampleStep('b'))]
    const updated = updateSteps(pages, [told(sampleStep('c')), told(ended)])
    expect(updated.map(({ steps }) => steps.map(({ step_id, duration }) => [step_id, duration]))).toEqual([
      [['a', 5]],
      [
        ['b', 10],
        ['c', 10],
      ],
    ])
  })

  test('leaves pages alone that hold nothing of it', () => {
    const pages = [page('more', open), page(null, sampleStep('b'))]
    expect(updateSteps(pages, [told(ended)])[1]).toBe(pages[1])
  })

  test('never opens a step again that has ended', () => {
    expect(updateSteps([page(null, ended)], [told(open)])[0]!.steps).toEqual([ended])
  })

  test('adds nothing while pages are still to come, which will hold it', () => {
    const pages = [page('more', ended)]
    expect(updateSteps(pages, [told(sampleStep('c'))])[0]!.steps).toEqual([ended])
  })
})

describe('updateHead', () => {
  test('takes the figures and keeps what only the trace itself has', () => {
    const first = { ...page(null, ended), metadata: { tenant: 'acme' }, status: 'running' as const }
    const [updated] = updateHead([first], sampleTrace('trace', 0, { span_count: 7 }))
    expect(updated).toMatchObject({ status: 'success', span_count: 7, metadata: { tenant: 'acme' }, steps: [ended] })
  })

  test('keeps a whole text where only its start is told, and takes one that is another', () => {
    const first = { ...page(null), prompt: 'A long question', response: null }
    const cut = sampleTrace('trace', 0, { prompt: 'A long…', response: 'Yes…' })
    expect(updateHead([first], cut)[0]).toMatchObject({ prompt: 'A long question', response: 'Yes…' })
    const other = sampleTrace('trace', 0, { prompt: 'Another…' })
    expect(updateHead([first], other)[0]).toMatchObject({ prompt: 'Another…' })
  })

  test('does not go back to an older state', () => {
    const pages = [{ ...page(null), updated_at: '2027-01-01T00:00:00.000000Z' }]
    expect(updateHead(pages, sampleTrace('trace', 0))).toBe(pages)
  })
})
