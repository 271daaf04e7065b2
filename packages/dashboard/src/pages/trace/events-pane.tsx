import { parseIsoTime } from '@tracellm/core'
import type { SpanJson } from '@tracellm/core/wire'
import { sinceStartText } from '../../layout/since-start-text.ts'
import { JsonTree } from '../../parts/json-tree.tsx'
import { PaneSection } from './pane-section.tsx'

/** What happened during the step, with when that was after the start of the trace. */
export function EventsPane({ events, startUs }: { events: SpanJson['events']; startUs: number }) {
  return events.map(({ name, time, attributes }, index) => {
    const atUs = time === null ? undefined : parseIsoTime(time)
    return (
      // Events have no names of their own.
      <PaneSection key={index} title={name} about={atUs === undefined ? '' : sinceStartText((atUs - startUs) / 1000)}>
        <JsonTree value={attributes} label={name} />
      </PaneSection>
    )
  })
}
