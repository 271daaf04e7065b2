import { isJsonObject, type JsonValue } from '@tracellm/core'
import { formatId } from '@tracellm/core/format'
import { jsonSize } from '../layout/json-entries.ts'
import { LongText } from './long-text.tsx'
import { StatusShape } from './status-shape.tsx'
import { TypeGlyph } from './type-glyph.tsx'
import { ValueView } from './value-view.tsx'
import './tool-card.css'

export interface ToolCardProps {
  readonly name: string
  readonly callId?: string | undefined
  /** Nothing, where only the result is known. */
  readonly args?: JsonValue | undefined
  /** `null` where none was recorded; nothing, while it is still to come or not known. */
  readonly result?: JsonValue | undefined
  readonly isError?: boolean | undefined
}

/** A call of a tool with its arguments and what it gave, in one card. */
export function ToolCard({ name, callId, args, result, isError = false }: ToolCardProps) {
  return (
    <section className={isError ? 'tool-card failed' : 'tool-card'} aria-label={`Call of ${name}`}>
      <header>
        {isError ? <StatusShape status="failed" /> : <TypeGlyph type="tool" />}
        <b className="cut">{name}</b>
        {callId !== undefined && <span title={callId}>{formatId(callId)}</span>}
      </header>
      {args !== undefined && args !== null && <Arguments args={args} />}
      {result !== undefined && (
        <div className="result">
          {result === null ? (
            <span className="faint">no result recorded</span>
          ) : (
            <ValueView value={result} label={`Result of ${name}`} isCode />
          )}
        </div>
      )}
    </section>
  )
}

/** The arguments by name when they are plain, as a tree when they are not. */
function Arguments({ args }: { args: JsonValue }) {
  if (!isJsonObject(args) || Object.values(args).some((value) => jsonSize(value) > 0)) {
    return (
      <div className="args">
        <ValueView value={args} label="Arguments" isCode />
      </div>
    )
  }
  const entries = Object.entries(args)
  if (entries.length === 0) return null
  return (
    <dl className="args">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <LongText text={typeof value === 'string' ? value : JSON.stringify(value)} isCode />
          </dd>
        </div>
      ))}
    </dl>
  )
}
