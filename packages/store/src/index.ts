export type * from './port/change.ts'
export * from './port/queries.ts'
export type * from './port/trace-store.ts'
export type * from './port/write-batch.ts'
