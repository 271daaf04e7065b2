import { contentEncodings, type ContentEncoding } from './inflate.ts'
import type { OtlpFormat } from './otlp-answer.ts'

/** How a body is written, by its headers; or why it cannot be read. */
export type BodyHeaders =
  | { readonly status: 'known'; readonly format: OtlpFormat; readonly encoding: ContentEncoding }
  | {
      readonly status: 'unknown'
      readonly format: OtlpFormat
      readonly message: string
      readonly advice: string | undefined
    }

const formats: ReadonlyMap<string, OtlpFormat> = new Map([
  ['application/x-protobuf', 'protobuf'],
  ['application/protobuf', 'protobuf'],
  ['application/json', 'json'],
])

const grpcAdvice = 'gRPC is not spoken here: set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf and use port 4318.'

/** Reads `Content-Type` and `Content-Encoding`; parameters such as a charset do not matter. */
export function bodyHeaders(headers: Headers): BodyHeaders {
  const type = (headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
  const format = formats.get(type)
  if (format === undefined) {
    const advice = type.startsWith('application/grpc') ? grpcAdvice : undefined
    const given = type === '' ? 'no content type was given' : `content type ${type.slice(0, 80)} is not known`
    return {
      status: 'unknown',
      format: 'json',
      message: `${given}; send application/x-protobuf or application/json`,
      advice,
    }
  }
  const encoding = (headers.get('content-encoding') ?? 'identity').trim().toLowerCase() || 'identity'
  if (!isContentEncoding(encoding)) {
    const message = `content encoding ${encoding.slice(0, 40)} is not known; send one of ${contentEncodings.join(', ')}`
    return { status: 'unknown', format, message, advice: undefined }
  }
  return { status: 'known', format, encoding }
}

function isContentEncoding(text: string): text is ContentEncoding {
  return (contentEncodings as readonly string[]).includes(text)
}
