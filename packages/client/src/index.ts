export { ClientError, hasCode } from './client-error.ts'
export { createClient, type Client, type ClientOptions } from './create-client.ts'
export type { CallOptions, InProject, Queries, Wish } from './queries.ts'
export type { Fetch } from './send-request.ts'
