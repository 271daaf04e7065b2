export { ThreadClient } from './call.ts'
export { moving, serve, type Handlers } from './serve.ts'
export type { ArgumentsOf, ResultOf } from './message.ts'
