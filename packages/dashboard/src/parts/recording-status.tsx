import { cutPath, formatBytes, formatCount } from '@tracellm/core/format'
import type { HealthJson } from '@tracellm/core/wire'
import { useData } from '../data/data.tsx'
import { useHealth } from '../data/use-health.ts'
import { useNow } from '../data/use-now.ts'
import { useValue } from '../data/value-store.ts'
import { heardText } from '../layout/heard-text.ts'
import './recording-status.css'

/** Whether the server records, and proof that nothing of what came was lost. */
export function RecordingStatus() {
  const { liveStatus } = useData()
  const { state, heardMs } = useValue(liveStatus)
  const answer = useHealth()
  const nowUs = useNow(state.status === 'waiting' ? 60_000 : undefined)
  if (state.status === 'waiting') {
    return (
      <div className="recording-status gone" title="Not connected">
        <b>Not connected</b>
        {heardMs !== undefined && <span>Last heard {heardText(heardMs, nowUs / 1000)}</span>}
      </div>
    )
  }
  if (answer === undefined) return <div className="recording-status" />
  const { health, spansPerSecond } = answer
  return (
    <div className="recording-status" title={`TraceLLM ${health.version}`}>
      <span>
        <b>{health.status === 'ok' ? 'Recording' : 'Recording with faults'}</b>
        {spansPerSecond !== undefined && spansPerSecond >= 0.5 && ` · ${formatCount(spansPerSecond)} spans/s`}
      </span>
      <Received ingest={health.ingest} />
      <Stored storage={health.storage} />
    </div>
  )
}

function Received({ ingest }: { ingest: HealthJson['ingest'] }) {
  if (ingest === null) return null
  const { received_spans: received, rejected_spans: rejected, queued_spans: queued } = ingest
  if (received === 0) return <span>nothing received since the start</span>
  const rest = [
    rejected > 0 ? `${formatCount(rejected)} rejected` : '',
    queued > 0 ? `${formatCount(queued)} waiting` : '',
  ].filter((part) => part !== '')
  return (
    <span>
      {formatCount(received)} received,{' '}
      {rest.length === 0 ? 'all stored' : <span className="warn">{rest.join(', ')}</span>}
    </span>
  )
}

function Stored({ storage }: { storage: HealthJson['storage'] }) {
  if (storage === null) return null
  const size = storage.size_bytes === null || storage.size_bytes === 0 ? '' : formatBytes(storage.size_bytes)
  const facts = [cutPath(storage.detail ?? '', 22), size].filter((fact) => fact !== '')
  return facts.length === 0 ? null : <span title={storage.detail ?? undefined}>{facts.join(' · ')}</span>
}
