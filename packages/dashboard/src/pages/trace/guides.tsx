/** One level further in, in pixels: as wide as the lines that `span-row.css` draws. */
const levelWidth = 19

/** Stands left of a step: a line for each level above. Where there is no room for more, deeper steps stand under one another. */
export function Guides({ level }: { level: number }) {
  return <span className="guides" style={{ width: (level - 1) * levelWidth }} />
}
