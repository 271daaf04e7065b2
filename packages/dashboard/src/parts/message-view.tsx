import { formatBytes } from '@tracellm/core/format'
import type { ShownMessage, ShownPart } from '../layout/conversation.ts'
import type { TextLimits } from '../layout/folded-text.ts'
import { LongText } from './long-text.tsx'
import { MediaView } from './media-view.tsx'
import { ToolCard } from './tool-card.tsx'
import { ValueView } from './value-view.tsx'
import './message-view.css'

/** A message: who says it, and its parts in order. */
export function MessageView({ shown: { message, index, parts } }: { shown: ShownMessage }) {
  const isOutput = message.direction === 'output'
  return (
    <article className={isOutput ? 'message-view output' : 'message-view'}>
      <header>
        <b>{message.role}</b>
        {message.name !== null && <span>{message.name}</span>}
        <span>{isOutput ? 'output' : `message ${index + 1}`}</span>
      </header>
      <div className="parts">
        {parts.map((part, place) => (
          // Parts have no names, and never move.
          <PartView key={place} part={part} limits={message.role === 'system' ? ofInstructions : undefined} />
        ))}
        {parts.length === 0 && <span className="faint">nothing, {formatBytes(message.bytes)}</span>}
      </div>
    </article>
  )
}

/** Instructions are the same in every call and known to who wrote them. */
const ofInstructions: TextLimits = { lines: 3, characters: 240 }

function PartView({ part, limits }: { part: ShownPart; limits: TextLimits | undefined }) {
  switch (part.type) {
    case 'text':
      return <LongText text={part.text} limits={limits} />
    case 'reasoning':
      return <Reasoning text={part.text} />
    case 'toolCall': {
      const { name, id, args, answer } = part
      return <ToolCard name={name} callId={id} args={args} result={answer?.result} isError={answer?.isError} />
    }
    case 'toolResult':
      return <ToolCard name={part.name ?? 'tool result'} callId={part.id} result={part.result} isError={part.isError} />
    case 'media':
      return <MediaView media={part} />
    case 'other':
      return <ValueView value={part.raw} label="Part of a message" isCode />
  }
}

/** What the model thought: folded, since one reads the answer first. */
function Reasoning({ text }: { text: string }) {
  if (text === '') return <p className="faint">thought, but does not say what</p>
  return (
    <details className="reasoning">
      <summary>Thought · {formatBytes(new TextEncoder().encode(text).length)}</summary>
      <LongText text={text} />
    </details>
  )
}
