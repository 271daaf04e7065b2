import { WireWriter } from './protobuf/wire-writer.ts'
import type { Signal } from './request.ts'

/** What an Export<Signal>ServiceResponse says. */
export interface ExportAnswer {
  /** Spans, log records or data points that were left out (0). */
  readonly rejectedCount?: number
  /** Why; with nothing rejected, a warning. */
  readonly message?: string
}

/** What went wrong with a whole request, as google.rpc.Status. */
export interface RpcStatus {
  /** Of google.rpc.Code: 3 invalid argument, 8 resource exhausted, 14 unavailable, 16 unauthenticated. */
  readonly code: number
  readonly message: string
}

const rejectedKeys = {
  traces: 'rejectedSpans',
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
} as const satisfies Record<Signal, string>

/** The body of a 200 in JSON: `{}`, or a partial success where something was left out or is to be said. */
export function writeExportAnswerJson(signal: Signal, { rejectedCount = 0, message = '' }: ExportAnswer = {}): string {
  if (isFullSuccess(rejectedCount, message)) return '{}'
  return JSON.stringify({
    partialSuccess: { [rejectedKeys[signal]]: `${rejectedCount}`, errorMessage: message.toWellFormed() },
  })
}

/** The body of a 200 in protobuf, the same for all signals: nothing, or a partial success. */
export function writeExportAnswerProtobuf({
  rejectedCount = 0,
  message = '',
}: ExportAnswer = {}): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter()
  if (!isFullSuccess(rejectedCount, message)) {
    writer.message(1, () => {
      if (rejectedCount > 0) writer.count(1, rejectedCount)
      if (message !== '') writer.text(2, message)
    })
  }
  return writer.finish()
}

/** The body of any other answer in JSON. */
export function writeStatusJson({ code, message }: RpcStatus): string {
  return JSON.stringify({ code, message: message.toWellFormed() })
}

/** The body of any other answer in protobuf. */
export function writeStatusProtobuf({ code, message }: RpcStatus): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter()
  writer.count(1, code)
  writer.text(2, message)
  return writer.finish()
}

/** Partial success must not be set then. */
function isFullSuccess(rejectedCount: number, message: string): boolean {
  return rejectedCount === 0 && message === ''
}
