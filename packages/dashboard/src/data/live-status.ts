import type { LiveState } from '@tracellm/client'

/** How the socket is. */
export interface LiveStatus {
  readonly state: LiveState
  /** When the server was last heard, in milliseconds since the epoch. */
  readonly heardMs: number | undefined
  /** When the next attempt is made, while there is none. */
  readonly retryMs: number | undefined
}

export const firstLiveStatus: LiveStatus = {
  state: { status: 'connecting', attempt: 1 },
  heardMs: undefined,
  retryMs: undefined,
}

/** The status after the socket has said something. A first attempt that is under way after a failed one is no news. */
export function nextLiveStatus(status: LiveStatus, state: LiveState, nowMs: number): LiveStatus {
  switch (state.status) {
    case 'connecting':
      return status.state.status === 'waiting' ? { ...status, retryMs: undefined } : { ...status, state }
    case 'open':
      return { state, heardMs: nowMs, retryMs: undefined }
    case 'waiting':
      return { state, heardMs: status.state.status === 'open' ? nowMs : status.heardMs, retryMs: nowMs + state.delayMs }
    case 'closed':
      return { ...status, state, retryMs: undefined }
  }
}
