import { describe, expect, test } from 'vitest'
import { sentResource, sentSpan } from './hand-made.ts'
import { projectNameOf } from './routing.ts'

describe('projectNameOf', () => {
  test('is what the resource says, else what the span says', () => {
    const resource = sentResource({ 'openinference.project.name': 'demo' })
    expect(projectNameOf(sentSpan({ 'langsmith.trace.session_name': 'other' }, { resource }))).toBe('demo')
    expect(projectNameOf(sentSpan({ 'langsmith.trace.session_name': 'other' }))).toBe('other')
  })

  test('is nobody’s where nothing is said; a service names no project', () => {
    expect(projectNameOf(sentSpan({}, { resource: sentResource({ 'service.name': 'shop' }) }))).toBeUndefined()
    expect(projectNameOf(sentSpan({ 'langsmith.trace.session_name': ' ' }))).toBeUndefined()
  })
})
