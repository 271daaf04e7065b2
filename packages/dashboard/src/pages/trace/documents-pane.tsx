import type { JsonObject, JsonValue } from '@tracellm/core'
import type { SpanJson } from '@tracellm/core/wire'
import { LongText } from '../../parts/long-text.tsx'
import { ValueView } from '../../parts/value-view.tsx'

/** What was found, in the order in which it was given, with what was asked. */
export function DocumentsPane({ span }: { span: SpanJson }) {
  const { query, documents = [] } = span.retrieval ?? {}
  return (
    <section className="documents-pane">
      {typeof query === 'string' && (
        <p className="query">
          <span className="faint">query</span> <code>{query}</code>
        </p>
      )}
      <ol>
        {documents.map((document, index) => (
          // Their place is what they are.
          <li key={index}>
            <Document document={document} place={index + 1} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Document({ document, place }: { document: JsonObject; place: number }) {
  const { id, content, score, metadata } = document
  const title = textOf(document['title']) ?? textOf(id)
  return (
    <article className="document">
      <header>
        <b>{place}</b>
        <span className="cut">{title}</span>
        {typeof score === 'number' && <Score score={score} />}
      </header>
      {content !== undefined && content !== null && (
        <>{typeof content === 'string' ? <LongText text={content} /> : <ValueView value={content} label="Content" />}</>
      )}
      {metadata !== undefined && metadata !== null && <ValueView value={metadata} label="Metadata" isCode />}
    </article>
  )
}

/** The bar is for scores from 0 to 1; others are told by the figure alone. */
function Score({ score }: { score: number }) {
  return (
    <>
      {score >= 0 && score <= 1 && (
        <span className="score">
          <i style={{ width: `${score * 100}%` }} />
        </span>
      )}
      <span className="figure">{Number(score.toFixed(3))}</span>
    </>
  )
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
