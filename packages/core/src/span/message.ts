import type { JsonValue } from '../json/json-value.ts'

/**
 * Messages in the one form that every dialect is read into. A message is kept once under the hash of its content,
 * so nothing that differs between two sendings of the same message (finish reason, time, call) may be part of it.
 */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool' | (string & {})
  /** The speaker's name, where a client gives one. */
  readonly name?: string
  readonly parts: readonly MessagePart[]
}

export type MessagePart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string; readonly signature?: string }
  | { readonly type: 'toolCall'; readonly id?: string; readonly name: string; readonly args: JsonValue }
  | {
      readonly type: 'toolResult'
      readonly id?: string
      readonly name?: string
      readonly result: JsonValue
      readonly isError?: boolean
    }
  | MediaPart
  /** A part no rule knows, as it was sent. */
  | { readonly type: 'other'; readonly raw: JsonValue }

/** An image, a sound, a file. `data` is base64; exactly one of `data`, `uri` and `fileId` is there. */
export interface MediaPart {
  readonly type: 'media'
  readonly modality: 'image' | 'audio' | 'video' | 'document' | (string & {})
  readonly mime?: string
  readonly data?: string
  readonly uri?: string
  readonly fileId?: string
  /** The name of the file, where the client gives one. */
  readonly name?: string
  readonly transcript?: string
}

/** What went into a span or came out of it: a conversation, or one text or JSON value. */
export type Content =
  | { readonly form: 'messages'; readonly messages: readonly Message[] }
  | { readonly form: 'value'; readonly value: JsonValue }
