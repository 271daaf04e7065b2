import type { JsonValue } from '@tracellm/core'
import { formatCount } from '@tracellm/core/format'
import { useState } from 'react'
import { jsonEntries, jsonOutline, jsonSize, type JsonEntry } from '../layout/json-entries.ts'
import { LongText } from './long-text.tsx'
import './json-tree.css'

const pageSize = 100
/** A line with more inside than this is closed at first, wherever it is. */
const openUpTo = 30

export interface JsonTreeProps {
  readonly value: JsonValue
  readonly label: string
  /** Whether lines of the outermost level are open at first, where not too much is inside (true). */
  readonly isOpen?: boolean
}

/** A JSON value that opens by line: what is inside a closed line does not exist yet. */
export function JsonTree({ value, label, isOpen = true }: JsonTreeProps) {
  const isSimple = jsonSize(value) === 0
  return (
    <div className="json-tree" role="group" aria-label={label}>
      {isSimple ? <Leaf value={value} /> : <Entries value={value} isOpen={isOpen} />}
    </div>
  )
}

function Entries({ value, isOpen = false }: { value: JsonValue; isOpen?: boolean }) {
  const [count, setCount] = useState(pageSize)
  const left = jsonSize(value) - count
  return (
    <ul>
      {jsonEntries(value, 0, count).map((entry) => (
        <Line key={entry.name} entry={entry} opensAtFirst={isOpen} />
      ))}
      {left > 0 && (
        <li>
          <button type="button" className="fold" onClick={() => setCount(count + 10 * pageSize)}>
            <span className="faint">… {formatCount(left)} more</span>
          </button>
        </li>
      )}
    </ul>
  )
}

function Line({ entry: { name, value }, opensAtFirst }: { entry: JsonEntry; opensAtFirst: boolean }) {
  const size = jsonSize(value)
  const [isOpen, setOpen] = useState(opensAtFirst && size <= openUpTo)
  if (size === 0) {
    return (
      <li className="leaf">
        <span className="name">{name}</span> <Leaf value={value} />
      </li>
    )
  }
  return (
    <li>
      <button type="button" className="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span className="name">{name}</span> <span className="faint">{jsonOutline(value)}</span>
      </button>
      {isOpen && <Entries value={value} />}
    </li>
  )
}

function Leaf({ value }: { value: JsonValue }) {
  if (typeof value === 'string') return isShort(value) ? <span>"{value}"</span> : <LongText text={value} isCode />
  if (typeof value === 'object' && value !== null) return <span className="faint">{jsonOutline(value)}</span>
  return <span className="plain">{String(value)}</span>
}

/** Short texts have quotes, so that "18" is not 18. */
function isShort(text: string): boolean {
  return text.length <= 80 && !text.includes('\n')
}
