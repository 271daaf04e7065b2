import type { IncomingMessage } from 'node:http'

/** Node's own request, which Hono's server puts into the environment; absent in tests within the process. */
export function incomingOf(env: unknown): IncomingMessage | undefined {
  return typeof env === 'object' && env !== null && 'incoming' in env ? (env.incoming as IncomingMessage) : undefined
}
