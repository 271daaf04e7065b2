import { describe, expect, test } from 'vitest'
import type { SpanId } from '../ids/ids.ts'
import { mapSent } from './hand-made.ts'

const real = '00f067aa0ba902b7' as SpanId

describe('announced', () => {
  test('a pending span is the real span, still running, under the real parent', () => {
    const span = mapSent(
      {
        'logfire.span_type': 'pending_span',
        'logfire.pending_parent_id': '53995c3f42cd8ad8',
        'logfire.msg': 'asking',
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'gpt-mock',
      },
      { parentSpanId: real, endUs: 1_000_000 },
    )
    expect(span).toMatchObject({ spanId: real, parentId: '53995c3f42cd8ad8', type: 'llm', name: 'asking' })
    expect(span.endUs).toBeUndefined()
  })

  test('zeros for a parent mean a root', () => {
    const span = mapSent(
      { 'logfire.span_type': 'pending_span', 'logfire.pending_parent_id': '0000000000000000' },
      { parentSpanId: real, name: 'run (pending)' },
    )
    expect(span).toMatchObject({ spanId: real, name: 'run' })
    expect(span.parentId).toBeUndefined()
  })

  test('one that announces nothing is a span like any other', () => {
    const span = mapSent({ 'logfire.span_type': 'pending_span' })
    expect(span).toMatchObject({ spanId: 'b7ad6b7169203331', endUs: 2_000_000 })
  })
})
