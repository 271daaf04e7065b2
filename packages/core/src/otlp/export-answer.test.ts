import { describe, expect, test } from 'vitest'
import { bodyOf, messageField, textField, varintField } from '../../../../fixtures/otlp/wire-parts.ts'
import {
  writeExportAnswerJson,
  writeExportAnswerProtobuf,
  writeStatusJson,
  writeStatusProtobuf,
} from './export-answer.ts'

describe('writeExportAnswerJson', () => {
  test('is an empty object on full success', () => {
    expect(writeExportAnswerJson('traces')).toBe('{}')
    expect(writeExportAnswerJson('logs', { rejectedCount: 0, message: '' })).toBe('{}')
  })

  test.each([
    ['traces', 'rejectedSpans'],
    ['logs', 'rejectedLogRecords'],
    ['metrics', 'rejectedDataPoints'],
  ] as const)('counts what was left out of %s as text', (signal, key) => {
    const answer = writeExportAnswerJson(signal, { rejectedCount: 2, message: 'span 3: it has no trace id' })
    expect(JSON.parse(answer)).toEqual({ partialSuccess: { [key]: '2', errorMessage: 'span 3: it has no trace id' } })
  })

  test('warns with nothing rejected', () => {
    expect(JSON.parse(writeExportAnswerJson('traces', { message: 'say resourceSpans' }))).toEqual({
      partialSuccess: { rejectedSpans: '0', errorMessage: 'say resourceSpans' },
    })
  })
})

describe('writeExportAnswerProtobuf', () => {
  test('is empty on full success', () => {
    expect(writeExportAnswerProtobuf()).toEqual(new Uint8Array())
  })

  test('has the count and the reason in a partial success', () => {
    expect(writeExportAnswerProtobuf({ rejectedCount: 300, message: 'why' })).toEqual(
      bodyOf(messageField(1, varintField(1, 300), textField(2, 'why'))),
    )
    expect(writeExportAnswerProtobuf({ message: 'why' })).toEqual(bodyOf(messageField(1, textField(2, 'why'))))
  })
})

describe('writeStatusJson, writeStatusProtobuf', () => {
  test('say code and message of google.rpc.Status', () => {
    const status = { code: 3, message: 'the body is not valid JSON' }
    expect(JSON.parse(writeStatusJson(status))).toEqual(status)
    expect(writeStatusProtobuf(status)).toEqual(bodyOf(varintField(1, 3), textField(2, status.message)))
  })

  test('hold any text', () => {
    expect(JSON.parse(writeStatusJson({ code: 3, message: 'a\ud800' }))).toEqual({ code: 3, message: 'a\ufffd' })
    expect(writeStatusProtobuf({ code: 3, message: '天'.repeat(200) })).toEqual(
      bodyOf(varintField(1, 3), textField(2, '天'.repeat(200))),
    )
  })
})
