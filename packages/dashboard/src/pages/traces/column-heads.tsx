import './trace-row.css'

/** By the class that gives each its place, in the order of the cells of a row. */
const columns = [
  ['what', 'Trace'],
  ['model', 'Model'],
  ['time', 'Time'],
  ['tokens', 'Tokens'],
  ['cost', 'Cost'],
  ['spans', 'Spans'],
] as const

/** What the columns of the list are. */
export function ColumnHeads() {
  return (
    <div role="rowgroup" className="column-heads">
      <div className="trace-row heads" role="row" aria-rowindex={1}>
        <span role="columnheader" className="status">
          <span className="spoken">Status</span>
        </span>
        {columns.map(([place, name]) => (
          <span key={place} role="columnheader" className={place}>
            {name}
          </span>
        ))}
        <span role="columnheader" className="age" aria-sort="descending">
          Ago ↓
        </span>
      </div>
    </div>
  )
}
