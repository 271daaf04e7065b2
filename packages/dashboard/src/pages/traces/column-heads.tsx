import './trace-row.css'

/** What the columns of the list are. */
export function ColumnHeads() {
  return (
    <div role="rowgroup" className="column-heads">
      <div className="trace-row heads" role="row" aria-rowindex={1}>
        <span role="columnheader" className="status">
          <span className="spoken">Status</span>
        </span>
        <span role="columnheader" className="what">
          Trace
        </span>
        <span role="columnheader" className="model">
          Model
        </span>
        <span role="columnheader" className="time">
          Time
        </span>
        <span role="columnheader" className="tokens">
          Tokens
        </span>
        <span role="columnheader" className="cost">
          Cost
        </span>
        <span role="columnheader" className="spans">
          Spans
        </span>
        <span role="columnheader" className="age" aria-sort="descending">
          Ago ↓
        </span>
      </div>
    </div>
  )
}
