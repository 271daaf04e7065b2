import type { Field } from '../field.ts'
import { KeyIndex } from '../key-index.ts'
import * as content from './content.ts'
import * as context from './context.ts'
import * as cost from './cost.ts'
import * as evaluation from './evaluation.ts'
import * as langfuseUsage from './langfuse-usage.ts'
import * as logEvent from './log-event.ts'
import * as model from './model.ts'
import * as params from './params.ts'
import * as retrieval from './retrieval.ts'
import * as step from './step.ts'
import * as toolDefinitions from './tool-definitions.ts'
import * as usage from './usage.ts'

const tables = [
  content,
  context,
  cost,
  evaluation,
  langfuseUsage,
  logEvent,
  model,
  params,
  retrieval,
  step,
  toolDefinitions,
  usage,
]

/** Every field that any table exports. */
const allFields: readonly Field<unknown>[] = tables.flatMap((table) => Object.values(table as object).filter(isField))

function isField(exported: unknown): exported is Field<unknown> {
  return typeof exported === 'object' && exported !== null && 'rows' in exported
}

/** All rows of all tables by their keys. */
export const keyIndex = new KeyIndex(allFields)
