import type { SpanType } from '@tracellm/core'
import type { ReactNode } from 'react'
import { typeWords } from '../layout/step-title.ts'
import './type-glyph.css'

/** A glyph for each type of step. Only the three kinds of work that take time and money have a colour. */
export function TypeGlyph({ type }: { type: SpanType }) {
  return (
    <svg
      className={`type-glyph ${hues[type] ?? 'box'}`}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      role="img"
      aria-label={typeWords[type]}
    >
      {glyphs[type]}
    </svg>
  )
}

const hues: Readonly<Partial<Record<SpanType, string>>> = {
  llm: 'llm',
  tool: 'tool',
  embedding: 'retrieval',
  retriever: 'retrieval',
  reranker: 'retrieval',
}

const glyphs: Readonly<Record<SpanType, ReactNode>> = {
  llm: (
    <path
      d="M7 .8c.5 3.6 2.3 5.5 6.2 6.2C9.3 7.7 7.5 9.6 7 13.2 6.5 9.6 4.7 7.7.8 7 4.7 6.3 6.5 4.4 7 .8Z"
      fill="currentColor"
      stroke="none"
    />
  ),
  tool: <path d="M3 2h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1ZM4.7 5l2 2-2 2" />,
  embedding: (
    <path d="M3 3h.01M7 3h.01M11 3h.01M3 7h.01M7 7h.01M11 7h.01M3 11h.01M7 11h.01M11 11h.01" strokeWidth="2.2" />
  ),
  retriever: (
    <>
      <path d="M2 3.5h10M2 7h6M2 10.5h4" />
      <circle cx="10" cy="9.5" r="2.2" />
    </>
  ),
  reranker: <path d="M4.5 11.5v-9M2.3 4.5l2.2-2.2 2.2 2.2M9.5 2.5v9M7.3 9.5l2.2 2.2 2.2-2.2" />,
  agent: (
    <>
      <circle cx="7" cy="7" r="5" />
      <circle cx="7" cy="7" r="1.8" fill="currentColor" stroke="none" />
    </>
  ),
  chain: (
    <>
      <circle cx="3.8" cy="7" r="2.3" />
      <circle cx="10.2" cy="7" r="2.3" />
    </>
  ),
  guardrail: <path d="M7 1.5 12 3.3v3.5c0 2.9-2.1 4.8-5 5.9-2.9-1.1-5-3-5-5.9V3.3Z" />,
  evaluator: <path d="M7 1.3 12.7 7 7 12.7 1.3 7ZM5 7l1.5 1.5L9.2 5.7" />,
  prompt: <path d="M2 2.5h10v7H6.5L4 11.8V9.5H2Z" />,
  event: <path d="M7 3.5 10.5 7 7 10.5 3.5 7Z" fill="currentColor" />,
  span: <path d="M2 4.5v5M12 4.5v5M2 7h10" />,
}
