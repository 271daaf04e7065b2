export type * from './draft.ts'
export { openSpanSink } from './open-span-sink.ts'
