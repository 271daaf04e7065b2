import { useData } from '../data/data.tsx'
import type { LiveStatus } from '../data/live-status.ts'
import { useHealth } from '../data/use-health.ts'
import { useNow } from '../data/use-now.ts'
import { useValue } from '../data/value-store.ts'
import { heardText } from '../layout/heard-text.ts'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'
import './connection-banner.css'

/** What helps is told once it is no hiccup: after so many attempts in vain. */
const attemptsBeforeCard = 3

/** Says that the server is gone or refuses, what one looks at meanwhile, and what helps. Nothing while all is well. */
export function ConnectionBanner() {
  const { live, liveStatus } = useData()
  const status = useValue(liveStatus)
  const { state } = status
  const nowUs = useNow(state.status === 'waiting' ? 500 : undefined)
  if (state.status !== 'waiting') return null
  return (
    <>
      <div className="connection-banner">
        <b role="status">{state.refusal === undefined ? 'The server stopped answering.' : 'This page is not live.'}</b>
        <span className="rest">
          {state.refusal !== undefined && `${state.refusal}. `}
          {whatOneSees(status, nowUs / 1000)}
        </span>
        <Button onClick={() => live.retryNow()}>Try now</Button>
      </div>
      {state.attempt > attemptsBeforeCard && state.refusal === undefined && (
        <ServerGone onRetry={() => live.retryNow()} />
      )}
    </>
  )
}

/** What helps. The command is the server's own word, which it gives to those who may start it. */
function ServerGone({ onRetry }: { onRetry: () => void }) {
  const command = useHealth()?.health.start_command ?? undefined
  return (
    <section className="server-gone" aria-label="What helps">
      <h1>Nothing answers on {location.host}</h1>
      <p>
        The server was stopped, or its process ended. What it has stored is safe.
        {command === undefined ? ' Whoever runs it can start it again.' : ' Start it again as it was started:'}
      </p>
      {command !== undefined && <pre>{command}</pre>}
      <footer>
        <Button look="main" onClick={onRetry}>
          Try now
        </Button>
        {command !== undefined && <CopyButton text={command}>Copy command</CopyButton>}
        <span>TL_SERVER_UNREACHABLE</span>
      </footer>
    </section>
  )
}

function whatOneSees({ heardMs, retryMs }: LiveStatus, nowMs: number): string {
  const seen = heardMs === undefined ? '' : `What you see is from ${heardText(heardMs, nowMs)}. `
  if (retryMs === undefined) return `${seen}Trying again.`
  return `${seen}Trying again in ${Math.max(1, Math.ceil((retryMs - nowMs) / 1000))} s.`
}
