import { z } from 'zod'
import { projectField } from './query-fields.ts'
import { spanJson } from './span.ts'
import { traceDetailJson } from './trace.ts'

/** `GET /traces/{trace_id}/export` */
export const exportQuery = z.strictObject({
  ...projectField,
  format: z.enum(['json', 'otlp', 'markdown']).optional().meta({ description: 'json unless named.' }),
})
export type ExportQuery = z.infer<typeof exportQuery>

export const traceHeadJson = traceDetailJson.omit({ steps: true, next_cursor: true })
export type TraceHeadJson = z.infer<typeof traceHeadJson>

/** A trace with all its spans, nothing cut. `tracellm` is the version of this form. */
export const traceExportJson = z
  .object({ tracellm: z.literal(1), trace: traceHeadJson, spans: z.array(spanJson) })
  .meta({ id: 'TraceExport' })
export type TraceExportJson = z.infer<typeof traceExportJson>
