import type { JsonValue } from '../../json/json-value.ts'
import type { Message } from '../../span/message.ts'
import { readContent, type MessageShape, type ReadContent, type Side } from './index.ts'

/** For tests: `readContent` of an object written down in the test, whose type says `undefined` here and there. */
export function readRaw(shape: MessageShape, raw: unknown, side: Side): ReadContent | undefined {
  return readContent(shape, raw as JsonValue, side)
}

/** For tests: the messages read, or an error when something else was. */
export function messagesOf(shape: MessageShape, raw: unknown, side: Side): readonly Message[] {
  const read = readRaw(shape, raw, side)
  if (read?.content.form !== 'messages') throw new Error(`no messages: ${JSON.stringify(read)}`)
  return read.content.messages
}
