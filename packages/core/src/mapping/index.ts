/** Spans and log records of every known dialect in canonical form. One table, in `table/`; no dependency, any runtime. */
export { emitSpans } from './emit/emit-span.ts'
export { logPlaces } from './log-places.ts'
export { mapLog } from './map-log.ts'
export { mapSpan, type MappingContext } from './map-span.ts'
export { mappingVersion } from './read-source.ts'
export { projectNameOf } from './routing.ts'
