import { describe, expect, test } from 'vitest'
import { readPlainTraces } from './plain-request.ts'

const read = (body: unknown) => readPlainTraces(Buffer.from(JSON.stringify(body)), 1_800_000_000_000_000)
const named = (...ids: (string | undefined)[]) => ({ steps: ids.map((id) => ({ name: 'a', step_id: id })) })

describe('readPlainTraces', () => {
  test.each([
    ['the same id', named('s', 's'), ['steps[1].step_id']],
    ['each that comes again', named('s', 't', 's', 's'), ['steps[2].step_id', 'steps[3].step_id']],
    ['the name of a step without an id', named('#1', undefined), ['steps[1].step_id']],
    ['in a list', { traces: [named('s'), named('s', 's')] }, ['traces[1].steps[1].step_id']],
  ])('refuses steps with %s', (_, body, paths) => {
    const errors = paths.map((path) => ({ path, detail: 'another step has this id' }))
    expect(() => read(body)).toThrow(expect.objectContaining({ code: 'TL_BAD_BODY', extra: { errors } }))
  })

  test('takes steps without an id, and the same id in two traces', () => {
    const traces = read({ traces: [named(undefined, undefined, '', 's'), named('s')] })
    const ids = traces.map(({ spans }) => new Set(spans.map(({ spanId }) => spanId)).size)
    expect(ids).toEqual([5, 2])
  })
})
