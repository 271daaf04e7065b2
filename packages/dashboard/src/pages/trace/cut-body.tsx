import type { JsonValue } from '@tracellm/core'
import { formatBytes } from '@tracellm/core/format'
import type { TruncatedJson } from '@tracellm/core/wire'
import { useState, type ReactNode } from 'react'
import { useBody } from '../../data/use-span.ts'

export interface CutBodyProps {
  readonly traceId: string
  readonly projectId: string | undefined
  readonly truncated: TruncatedJson | undefined
  /** As far as it came with the span. */
  readonly value: JsonValue
  readonly children: (value: JsonValue) => ReactNode
}

/** A body that may have been cut on the way here: it says how much there is, and fetches the whole when asked. */
export function CutBody({ traceId, projectId, truncated, value, children }: CutBodyProps) {
  const [isWanted, setWanted] = useState(false)
  const body = useBody(traceId, truncated?.body ?? '', projectId, isWanted && truncated !== undefined)
  if (truncated === undefined || body.data !== undefined) return children(body.data ?? value)
  return (
    <>
      {children(value)}
      <CutNote bytes={truncated.bytes} isLoading={body.isFetching} error={body.error} load={() => setWanted(true)} />
    </>
  )
}

export interface CutNoteProps {
  readonly bytes: number
  readonly isLoading: boolean
  readonly error: Error | null
  readonly load: () => void
}

export function CutNote({ bytes, isLoading, error, load }: CutNoteProps) {
  return (
    <p className="cut-note">
      <span>Cut: the whole is {formatBytes(bytes)}.</span>{' '}
      <button type="button" className="link" onClick={load} disabled={isLoading}>
        {isLoading ? 'loading …' : 'Load all of it'}
      </button>
      {error !== null && <span className="fail"> {error.message}</span>}
    </p>
  )
}
