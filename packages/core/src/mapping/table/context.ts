import type { JsonObject } from '../../json/json-value.ts'
import { at, field, type Reader } from '../field.ts'
import { commaTexts, object, text, texts } from '../readers.ts'
import { newJsonObject, setJson } from '../to-json.ts'

/** What a span says about the whole trace. Any span may say it, often only some do. */

export const sessionId = field(text, [
  ['langfuse.session.id', 'langfuse'],
  ['session.id', 'otel'],
  ['gen_ai.conversation.id', 'gen-ai'],
  ['conversation.id', 'codex'],
  ['traceloop.association.properties.session_id', 'traceloop'],
  ['traceloop.association.properties.thread_id', 'traceloop'],
  ['traceloop.association.properties.chat_id', 'traceloop'],
  ['langsmith.metadata.session_id', 'langsmith'],
  ['langsmith.metadata.thread_id', 'langsmith'],
  ['langsmith.metadata.conversation_id', 'langsmith'],
  ['ai.telemetry.metadata.sessionId', 'ai-sdk'],
  ['ai.settings.context.sessionId', 'ai-sdk'],
  ['mastra.metadata.sessionId', 'mastra'],
  ['mastra.metadata.threadId', 'mastra'],
  ['metadata', 'openinference', at('session_id')],
  ['metadata', 'openinference', at('thread_id')],
  ['gcp.vertex.agent.session_id', 'adk'],
  ['lmnr.association.properties.session_id', 'laminar'],
  ['spring.ai.chat.client.conversation.id', 'spring-ai'],
])

export const userId = field(text, [
  ['langfuse.user.id', 'langfuse'],
  ['user.id', 'otel'],
  ['enduser.id', 'otel'],
  ['gen_ai.user', 'gen-ai'],
  ['llm.user', 'traceloop'],
  ['traceloop.association.properties.user_id', 'traceloop'],
  ['langsmith.metadata.user_id', 'langsmith'],
  ['ai.telemetry.metadata.userId', 'ai-sdk'],
  ['ai.settings.context.userId', 'ai-sdk'],
  ['mastra.metadata.userId', 'mastra'],
  ['lmnr.association.properties.user_id', 'laminar'],
])

export const tags = field(texts, [
  ['langfuse.trace.tags', 'langfuse'],
  ['tag.tags', 'openinference'],
  ['langsmith.span.tags', 'langsmith', commaTexts],
  ['ai.telemetry.metadata.tags', 'ai-sdk'],
  ['ai.settings.context.tags', 'ai-sdk'],
  ['logfire.tags', 'logfire'],
  ['mastra.tags', 'mastra'],
  ['lmnr.association.properties.tags', 'laminar'],
])

/** All keys behind a prefix that no other row has used, but for some that are about something else. */
function behind(isOther: (name: string) => boolean = () => false): Reader<JsonObject> {
  return (_value, reading, familyKey) => {
    const prefix = familyKey.slice(0, -1)
    const found = newJsonObject()
    for (const [key, value] of reading.members(familyKey)) {
      const name = key.slice(prefix.length)
      if (name === '' || reading.ledger.isUsed(key) || isOther(name)) continue
      setJson(found, name, value)
      reading.ledger.use(key, familyKey)
    }
    return found
  }
}

/** Mastra puts the whole response of a model under its metadata. */
const mastraResponse = new Set(['headers', 'body', 'modelMetadata'])

/** Read after the ids and tags, which are mostly metadata too. */
export const metadata = field<JsonObject>(behind(), [
  ['metadata', 'openinference', object],
  ['langfuse.trace.metadata', 'langfuse', object],
  ['langfuse.observation.metadata', 'langfuse', object],
  ['langfuse.trace.metadata.*', 'langfuse'],
  ['langfuse.observation.metadata.*', 'langfuse'],
  ['langsmith.metadata.*', 'langsmith', behind((name) => name.startsWith('LANGSMITH_'))],
  ['ai.telemetry.metadata.*', 'ai-sdk'],
  ['ai.settings.context.*', 'ai-sdk'],
  ['traceloop.association.properties.*', 'traceloop'],
  ['mastra.metadata.*', 'mastra', behind((name) => mastraResponse.has(name))],
  ['mlflow.traceTag.*', 'mlflow'],
  ['lmnr.association.properties.metadata.*', 'laminar'],
])

export const environment = field(text, [
  ['langfuse.environment', 'langfuse'],
  ['deployment.environment.name', 'otel'],
  ['deployment.environment', 'otel'],
  ['env', 'otel'],
])

export const release = field(text, [
  ['langfuse.release', 'langfuse'],
  ['langfuse.version', 'langfuse'],
  ['service.version', 'otel'],
])

export const traceName = field(text, [['langfuse.trace.name', 'langfuse']])

/** The same said of the process, for the spans that say nothing themselves. */
export const resourceKeys = {
  sessionId: ['session.id'],
  environment: ['langfuse.environment', 'deployment.environment.name', 'deployment.environment', 'env'],
  release: ['langfuse.release', 'langfuse.version', 'service.version'],
} as const
