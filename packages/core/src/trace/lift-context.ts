import type { JsonObject, JsonValue } from '../json/json-value.ts'
import { maxMetadataKeys, maxTags } from '../span/longest-texts.ts'
import type { TraceContext } from '../span/span.ts'
import { firstText } from './first-text.ts'

/** What the spans of a trace say together about the whole of it, but for its input and output. */
export interface LiftedContext extends Omit<TraceContext, 'tags' | 'metadata' | 'traceInput' | 'traceOutput'> {
  /** Of all spans, each once, in order of first mention; the first `maxTags`. */
  readonly tags: readonly string[]
  /** Of all spans; the first to name a key decides its value. The first `maxMetadataKeys` to be named. */
  readonly metadata: JsonObject
}

/**
 * Of each thing that may be said the first value that is not empty.
 * @param contexts of the root, then of the others in start order.
 */
export function liftContext(contexts: readonly TraceContext[]): LiftedContext {
  return {
    traceName: firstText(contexts, (context) => context.traceName),
    sessionId: firstText(contexts, (context) => context.sessionId),
    userId: firstText(contexts, (context) => context.userId),
    environment: firstText(contexts, (context) => context.environment),
    release: firstText(contexts, (context) => context.release),
    declaredStatus: firstText(contexts, (context) => context.declaredStatus),
    tags: [...new Set(contexts.flatMap((context) => context.tags ?? []))].filter((tag) => tag !== '').slice(0, maxTags),
    metadata: mergeMetadata(contexts),
  }
}

function mergeMetadata(contexts: readonly TraceContext[]): JsonObject {
  const merged = new Map<string, JsonValue>()
  for (const { metadata } of contexts) {
    for (const [key, value] of Object.entries(metadata ?? {})) if (!merged.has(key)) merged.set(key, value)
  }
  return Object.fromEntries([...merged].slice(0, maxMetadataKeys))
}
