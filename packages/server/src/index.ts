/** The server: a Request in, a Response out. What it is made of is handed in. */
export { makeKey, type KeyRequest, type MadeKey } from './access/make-key.ts'
export type { AccessSettings, AppParts, IngestPort, LivePort, ServerSettings } from './app-parts.ts'
export { createApp } from './create-app.ts'
export { presentChange } from './present/live-change.ts'
