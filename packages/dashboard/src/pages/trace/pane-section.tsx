import type { ReactNode } from 'react'

/** A part of a pane under its title. */
export function PaneSection({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  return (
    <section className="pane-section">
      <h3>
        {title} {about !== undefined && <span className="faint">{about}</span>}
      </h3>
      {children}
    </section>
  )
}
