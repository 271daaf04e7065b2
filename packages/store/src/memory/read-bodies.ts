import { TraceLLMError, type Content, type Span } from '@tracellm/core'
import { bodyOfMessage, bodyOfValue, hexOfHash, type Body } from '../bodies/index.ts'
import type { BodyRef, SpanRead, StepBodies, StepContent } from '../port/queries.ts'

/** The bodies a span refers to, by the names they have in `SpanRead`. */
export function bodyRefsOf(span: Span): SpanRead['bodies'] {
  return {
    input: contentBodies(span.input).map(refTo),
    output: contentBodies(span.output).map(refTo),
    toolDefinitions: span.toolDefinitions === undefined ? undefined : refTo(bodyOfValue(span.toolDefinitions)),
  }
}

export function stepBodiesOf(span: Span): StepBodies {
  return { spanId: span.spanId, input: stepContent(span.input), output: stepContent(span.output) }
}

/** The canonical JSON of the body that one of these spans refers to. */
export function findBody(spans: readonly Span[], key: string): string {
  for (const span of spans) {
    const body = bodiesOf(span).find(({ hash }) => hexOfHash(hash) === key)
    if (body !== undefined) return new TextDecoder().decode(body.bytes())
  }
  throw new TraceLLMError('TL_BODY_NOT_FOUND', `the trace has no body ${key}`)
}

export function countBodies(spans: Iterable<Span>): number {
  const hashes = new Set<string>()
  for (const span of spans) for (const { hash } of bodiesOf(span)) hashes.add(hash)
  return hashes.size
}

function bodiesOf(span: Span): Body[] {
  return [
    ...contentBodies(span.input),
    ...contentBodies(span.output),
    ...(span.toolDefinitions === undefined ? [] : [bodyOfValue(span.toolDefinitions)]),
  ]
}

function contentBodies(content: Content | undefined): Body[] {
  if (content === undefined) return []
  return content.form === 'value' ? [bodyOfValue(content.value)] : content.messages.map(bodyOfMessage)
}

function stepContent(content: Content | undefined): StepContent | undefined {
  if (content === undefined) return undefined
  if (content.form === 'value') return { ...content, ref: refTo(bodyOfValue(content.value)) }
  return {
    form: 'messages',
    messages: content.messages.map((message) => ({ ref: refTo(bodyOfMessage(message)), message })),
  }
}

function refTo(body: Body): BodyRef {
  const hash = hexOfHash(body.hash)
  return { hash, key: hash, bytes: body.length }
}
