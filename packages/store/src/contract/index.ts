export * from './span-samples.ts'
export { storeContract } from './store-contract.ts'
export { inTrace, traceArbitrary } from './trace-arbitrary.ts'
