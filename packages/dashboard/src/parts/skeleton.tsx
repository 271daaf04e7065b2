import './skeleton.css'

/** Stands where something will be. It does not show for the first moment, so that what is quick does not flicker. */
export function Skeleton({ width }: { width: number | string }) {
  return <span className="skeleton" style={{ width }} />
}
