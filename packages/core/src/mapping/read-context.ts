import type { TraceContext } from '../span/span.ts'
import type { Attributes } from '../otlp/any-value.ts'
import type { DecodedResource } from '../otlp/request.ts'
import { present } from './present.ts'
import type { Reading } from './reading.ts'
import { text } from './readers.ts'
import { traceInput, traceOutput } from './table/content.ts'
import { environment, metadata, release, resourceKeys, sessionId, tags, traceName, userId } from './table/context.ts'

/** What a span, or the process it is from, says about the whole trace. */
export function readContext(reading: Reading): TraceContext {
  const ofProcess = processContext(reading.subject.resource)
  const said = {
    sessionId: reading.first(sessionId) ?? ofProcess.sessionId,
    userId: reading.first(userId),
    tags: reading.united(tags),
    environment: reading.first(environment) ?? ofProcess.environment,
    release: reading.first(release) ?? ofProcess.release,
    traceName: reading.first(traceName),
    traceInput: reading.first(traceInput)?.content,
    traceOutput: reading.first(traceOutput)?.content,
  }
  const more = reading.merged(metadata)
  return present({ ...said, metadata: more !== undefined && Object.keys(more).length > 0 ? more : undefined }) ?? {}
}

type ProcessContext = Pick<TraceContext, 'sessionId' | 'environment' | 'release'>

const ofResources = new WeakMap<DecodedResource, ProcessContext>()

/** What a process says about everything it sends. */
export function processContext(resource: DecodedResource): ProcessContext {
  let context = ofResources.get(resource)
  if (context === undefined) {
    const { attributes } = resource
    context = {
      sessionId: firstText(attributes, resourceKeys.sessionId),
      environment: firstText(attributes, resourceKeys.environment),
      release: firstText(attributes, resourceKeys.release),
    }
    ofResources.set(resource, context)
  }
  return context
}

function firstText(attributes: Attributes, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const found = text(attributes[key])
    if (found !== undefined) return found
  }
  return undefined
}
