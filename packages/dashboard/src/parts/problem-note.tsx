import { ClientError } from '@tracellm/client'
import type { ReactNode } from 'react'
import './problem-note.css'

/** What went wrong, what it means, what helps, and the code last. */
export function ProblemNote({ error, children }: { error: Error; children?: ReactNode }) {
  const { title, detail, fix, code } =
    error instanceof ClientError
      ? error
      : { title: 'Something went wrong on this page', detail: error.message, fix: undefined, code: undefined }
  return (
    <div className="problem-note" role="alert">
      <h2>{title}</h2>
      <p>{detail}</p>
      {fix !== undefined && <p className="dim">{fix}</p>}
      {children}
      {code !== undefined && <p className="code">{code}</p>}
    </div>
  )
}
