import type { PlainTraceInput } from '@tracellm/core/wire'
import { wrongFields } from '../routes/wrong-field.ts'

/**
 * Each step needs an id of its own: of two with the same one, the later would take the place of the earlier.
 * A step without an id is known by its place, `#0`.
 * @param path where the trace stands in the body: `''`, or `traces[2].`.
 * @throws TraceLLMError `TL_BAD_BODY` that names the steps whose id was taken; at most twenty.
 */
export function checkStepIds({ steps = [] }: PlainTraceInput, path: string): void {
  const seen = new Set<string>()
  const wrong = steps.flatMap(({ step_id: stepId = '' }, index) => {
    const id = stepId === '' ? `#${index}` : stepId
    const isTaken = seen.has(id)
    seen.add(id)
    return isTaken ? [{ path: `${path}steps[${index}].step_id`, detail: 'another step has this id' }] : []
  })
  if (wrong.length > 0) throw wrongFields('TL_BAD_BODY', 'body', wrong.slice(0, 20))
}
