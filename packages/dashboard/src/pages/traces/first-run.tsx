import { useState } from 'react'
import { apiKey } from '../../data/api-key.ts'
import { useValue } from '../../data/value-store.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { StatusShape } from '../../parts/status-shape.tsx'
import './first-run.css'

/** Nothing was ever recorded: what one pastes, right for this server. It turns into the list when the first trace comes. */
export function FirstRun() {
  const [chosen, setChosen] = useState(0)
  const key = useValue(apiKey)
  const snippets = snippetsFor(location.origin, key !== undefined)
  const { text } = snippets[chosen]!
  return (
    <div className="first-run">
      <h1>
        <b>Send the first trace.</b> This page shows it the moment it arrives.
      </h1>
      <div className="choice" role="tablist" aria-label="Sent by">
        {snippets.map(({ name }, index) => (
          <button key={name} type="button" role="tab" aria-selected={index === chosen} onClick={() => setChosen(index)}>
            {name}
          </button>
        ))}
      </div>
      <div className="snippet" role="tabpanel" aria-label={snippets[chosen]!.name}>
        <pre>{text}</pre>
        <CopyButton text={text}>Copy</CopyButton>
      </div>
      <p className="waiting">
        <StatusShape status="running" />
        <b>Waiting for spans</b> <span className="dim">on {location.host}</span>
      </p>
      <p className="faint">No account, no telemetry. This server keeps what you send and passes it on to nobody.</p>
    </div>
  )
}

/** What sends a trace to `origin`. The key itself is not written out: snippets end up in files and screenshots. */
function snippetsFor(origin: string, needsKey: boolean): { readonly name: string; readonly text: string }[] {
  const keyHeader = needsKey ? `\n  -H "authorization: Bearer $TRACELLM_KEY" \\` : ''
  const keyVariable = needsKey ? '\nexport OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer $TRACELLM_KEY"' : ''
  return [
    {
      name: 'OpenTelemetry',
      text: `# any app that is instrumented with OpenTelemetry, in any language
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
export OTEL_EXPORTER_OTLP_ENDPOINT=${origin}${keyVariable}`,
    },
    {
      name: 'curl',
      text: `curl ${origin}/traces \\${keyHeader}
  -H 'content-type: application/json' \\
  -d '{ "name": "hello", "prompt": "2 + 2?", "response": "4", "model_name": "gpt-5-mini" }'`,
    },
  ]
}
