import { formatBytes, formatCount } from '@tracellm/core/format'
import { useState } from 'react'
import { foldText, type TextLimits } from '../layout/folded-text.ts'
import './long-text.css'

export interface LongTextProps {
  readonly text: string
  readonly isCode?: boolean
  /** How much is shown at first (a dozen lines). */
  readonly limits?: TextLimits | undefined
}

/** A stored text, as text: prose, or in the letters of code. A long one says how much is missing and opens in place. */
export function LongText({ text, isCode = false, limits }: LongTextProps) {
  const [isOpen, setOpen] = useState(false)
  const { shown, more } = foldText(text, limits)
  return (
    <div className={isCode ? 'long-text code' : 'long-text'}>
      {isOpen ? text : shown}
      {more !== undefined && (
        <button type="button" className="more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'show less' : `… ${moreWords(more)}`}
        </button>
      )}
    </div>
  )
}

function moreWords({ lines, bytes }: { lines: number; bytes: number }): string {
  return lines > 1 ? `${formatCount(lines)} lines more, ${formatBytes(bytes)}` : `${formatBytes(bytes)} more`
}
