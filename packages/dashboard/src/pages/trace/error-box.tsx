import type { SpanJson } from '@tracellm/core/wire'
import { LongText } from '../../parts/long-text.tsx'
import { StatusShape } from '../../parts/status-shape.tsx'

/** Why a step failed, in its own words. */
export function ErrorBox({ span }: { span: SpanJson }) {
  const stack = span.events
    .map(({ attributes }) => attributes['exception.stacktrace'])
    .find((trace) => typeof trace === 'string')
  return (
    <section className="error-box" aria-label="Error">
      <header>
        <StatusShape status="failed" />
        <b>{span.error_type ?? 'failed'}</b>
      </header>
      <LongText text={span.error ?? 'It failed without saying why.'} />
      {typeof stack === 'string' && (
        <details>
          <summary>Stack</summary>
          <LongText text={stack} isCode />
        </details>
      )}
    </section>
  )
}
