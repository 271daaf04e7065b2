import type { Content } from '../span/message.ts'
import type { AgentInfo, Retrieval, SpanType, ToolUse } from '../span/span.ts'
import { present } from './present.ts'
import type { Reading } from './reading.ts'
import { dataSourceId, documents, retrievalQuery, retrievalTopK } from './table/retrieval.ts'
import { spanTypeRules } from './table/span-type.ts'
import {
  agentDescription,
  agentId,
  agentName,
  agentVersion,
  groupName,
  shownName,
  toolCallId,
  toolDescription,
  toolKind,
  toolName,
} from './table/step.ts'

/** What kind of step a span is: what the first rule says that knows it. */
export function readType(reading: Reading): SpanType {
  for (const rule of spanTypeRules) {
    const type = rule.typeOf(reading)
    if (type === undefined) continue
    reading.ledger.nameDialect(rule.dialect)
    return type
  }
  return 'span'
}

/** The name to show. A tool's or an agent's own name is for its own span: a model's span keeps its. */
export function readName(reading: Reading, tool: ToolUse | undefined): string {
  const own = reading.type === 'tool' ? tool?.name : reading.type === 'agent' ? reading.first(agentName) : undefined
  return own ?? reading.first(shownName) ?? reading.subject.name
}

/** A tool that nobody names otherwise is called what its span is called. */
export function readTool(reading: Reading): ToolUse | undefined {
  if (reading.type !== 'tool') return undefined
  return {
    name: reading.first(toolName) ?? reading.first(shownName) ?? reading.subject.name,
    ...present({
      callId: reading.first(toolCallId),
      kind: reading.first(toolKind),
      description: reading.first(toolDescription),
    }),
  }
}

export function readAgent(reading: Reading): AgentInfo | undefined {
  return present({
    name: reading.first(agentName) ?? reading.first(groupName),
    id: reading.first(agentId),
    description: reading.first(agentDescription),
    version: reading.first(agentVersion),
  })
}

/** What was looked for is, unless said apart, what went in. */
export function readRetrieval(reading: Reading, input: Content | undefined): Retrieval | undefined {
  if (reading.type !== 'retriever' && reading.type !== 'reranker') return undefined
  const asked = input?.form === 'value' && typeof input.value === 'string' ? input.value : undefined
  return present({
    query: reading.first(retrievalQuery) ?? asked,
    topK: reading.first(retrievalTopK),
    dataSourceId: reading.first(dataSourceId),
    documents: reading.first(documents),
  })
}
