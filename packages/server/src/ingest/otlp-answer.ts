import {
  writeExportAnswerJson,
  writeExportAnswerProtobuf,
  writeStatusJson,
  writeStatusProtobuf,
  type ExportAnswer,
  type Signal,
} from '@tracellm/core/otlp'

/** OTLP answers in the encoding of the request, also when it refuses. */
export type OtlpFormat = 'protobuf' | 'json'

const contentTypes = { protobuf: 'application/x-protobuf', json: 'application/json' } as const

/** 200: everything was taken, or all but what the message names. */
export function exportAnswer(format: OtlpFormat, signal: Signal, answer: ExportAnswer): Response {
  const body = format === 'json' ? writeExportAnswerJson(signal, answer) : writeExportAnswerProtobuf(answer)
  const headers = { 'content-type': contentTypes[format], 'content-length': String(Buffer.byteLength(body)) }
  // Nearly every answer in protobuf is an empty message, which is sent far quicker without a stream of nothing.
  return new Response(body.length === 0 ? null : body, { status: 200, headers })
}

/** Everything else, as google.rpc.Status. */
export function statusAnswer(
  format: OtlpFormat,
  status: number,
  message: string,
  headers: Record<string, string> = {},
): Response {
  const answer = { code: rpcCodes.get(status) ?? 2, message }
  const body = format === 'json' ? writeStatusJson(answer) : writeStatusProtobuf(answer)
  return new Response(body, { status, headers: { 'content-type': contentTypes[format], ...headers } })
}

/** google.rpc.Code for each HTTP status that ingest answers with. */
const rpcCodes: ReadonlyMap<number, number> = new Map([
  [400, 3],
  [401, 16],
  [403, 7],
  [404, 5],
  [405, 12],
  [408, 4],
  [413, 8],
  [415, 3],
  [429, 8],
  [500, 13],
  [503, 14],
])
