import type { TraceStatus } from '@tracellm/core'
import type { ReactNode } from 'react'
import './status-shape.css'

/** A shape for each status, so that it reads without colour: an open ring, a tick, a triangle, a box, a broken ring. */
export function StatusShape({ status }: { status: TraceStatus }) {
  return (
    <svg
      className={`status-shape ${status}`}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      role="img"
      aria-label={status}
    >
      {shapes[status]}
    </svg>
  )
}

const shapes: Readonly<Record<TraceStatus, ReactNode>> = {
  running: (
    <g strokeWidth="2">
      <circle cx="8" cy="8" r="5.5" opacity="0.25" />
      <circle className="arc" cx="8" cy="8" r="5.5" strokeDasharray="11 40" strokeLinecap="round" />
    </g>
  ),
  success: <path d="m4 8.3 2.7 2.7L12 5.5" strokeLinecap="round" strokeLinejoin="round" />,
  warning: (
    <>
      <path d="M8 1.5 15 14H1Z" fill="currentColor" stroke="none" />
      <path d="M8 6v3.6M8 11.7v.2" className="cut-out" strokeWidth="1.6" strokeLinecap="round" />
    </>
  ),
  failed: (
    <>
      <rect x="1.5" y="1.5" width="13" height="13" rx="3" fill="currentColor" stroke="none" />
      <path d="m5.3 5.3 5.4 5.4M10.7 5.3l-5.4 5.4" className="cut-out" strokeWidth="1.8" strokeLinecap="round" />
    </>
  ),
  interrupted: (
    <>
      <circle cx="8" cy="8" r="5.7" strokeDasharray="3 2.6" />
      <path d="M5.5 8h5" />
    </>
  ),
}
