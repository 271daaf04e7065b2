import { Link } from '../router/link.tsx'
import '../parts/problem-note.css'

/** For an address that no page has, or has yet. */
export function MissingPage({ path }: { path: string }) {
  return (
    <div className="problem-note">
      <h1>There is nothing at {path}</h1>
      <p>
        What was recorded is under{' '}
        <Link className="link" href="/traces">
          traces
        </Link>
        .
      </p>
    </div>
  )
}
