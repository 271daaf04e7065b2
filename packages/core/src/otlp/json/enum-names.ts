/** Names of enum values. OTLP/JSON wants numbers; senders that print Protobuf's own JSON write these. */

export const spanKindNames: ReadonlyMap<string, number> = numbered('SPAN_KIND_', [
  'UNSPECIFIED',
  'INTERNAL',
  'SERVER',
  'CLIENT',
  'PRODUCER',
  'CONSUMER',
])

export const statusCodeNames: ReadonlyMap<string, number> = numbered('STATUS_CODE_', ['UNSET', 'OK', 'ERROR'])

export const temporalityNames: ReadonlyMap<string, number> = numbered('AGGREGATION_TEMPORALITY_', [
  'UNSPECIFIED',
  'DELTA',
  'CUMULATIVE',
])

/** Six levels of four steps each: TRACE, TRACE2, TRACE3, TRACE4, DEBUG and so on. */
export const severityNames: ReadonlyMap<string, number> = numbered('SEVERITY_NUMBER_', [
  'UNSPECIFIED',
  ...['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'].flatMap((level) =>
    ['', '2', '3', '4'].map((step) => level + step),
  ),
])

function numbered(prefix: string, names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, number) => [prefix + name, number]))
}
