export type * from './draft.ts'
export { openSpanSink, spanSinkOver } from './open-span-sink.ts'
