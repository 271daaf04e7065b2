import { Component, type ReactNode } from 'react'
import { ProblemNote } from './problem-note.tsx'

interface State {
  readonly error: Error | undefined
}

/** A page, or a part of one, never breaks because something in it did: it says so in its place. */
export class PageBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <ProblemNote error={this.state.error} />
  }
}
