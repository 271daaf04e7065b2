import { startOfJson } from '../json/json-text.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts'
import { cutText, inputText, outputText } from './content-text.ts'
import type { Content } from './message.ts'
import type { Evaluation, Span } from './span.ts'

const maxCodePoints = 120
/** Of any text or value so much is looked at, however large it is: a summary is made of every span that comes in. */
const lookedAt = 300

/**
 * What a step did, on one line of at most 120 characters: the tools a model asked for or its first words in quotes, the
 * arguments of a tool, how many passages of how many, what an agent was asked.
 * @returns `undefined` when the span does not say; its name has to do then.
 */
export function spanSummary(span: Span): string | undefined {
  switch (span.type) {
    case 'llm':
      return oneLine(span.output && modelOutput(span.output)) ?? failure(span)
    case 'tool':
      return oneLine(span.input && toolInput(span.input))
    case 'retriever':
      return passages(span) ?? asked(span)
    case 'reranker':
      return ranked(span) ?? passages(span) ?? asked(span)
    case 'embedding':
      return embedded(span) ?? asked(span)
    case 'guardrail':
    case 'evaluator':
      return judged(span.evaluations) ?? oneLine(span.output && outputText(span.output, lookedAt)) ?? asked(span)
    case 'agent':
    case 'chain':
    case 'prompt':
    case 'event':
    case 'span':
      return asked(span)
  }
}

/** The first line: what follows is a stack. */
function failure({ error }: Span): string | undefined {
  return oneLine(error?.message?.trimStart().split('\n', 1)[0]) ?? oneLine(error?.type)
}

function asked({ input }: Span): string | undefined {
  return oneLine(input && inputText(input, lookedAt))
}

function modelOutput(output: Content): string | undefined {
  const answer = output.form === 'messages' ? output.messages.findLast(({ role }) => role === 'assistant') : undefined
  const tools = answer?.parts.flatMap((part) => (part.type === 'toolCall' ? [part.name] : [])) ?? []
  if (tools.length > 0) return `→ ${counted(tools)}`
  const words = outputText(output, lookedAt)
  if (words !== undefined) return isObject(output) ? words : `“${oneLine(words, maxCodePoints - 2)}”`
  const made = answer?.parts.flatMap((part) => (part.type === 'media' ? [part.modality] : [])) ?? []
  return made.length > 0 ? counted(made) : undefined
}

/** A generated object shows what it is by its brackets, words by their quotes. */
function isObject(output: Content): boolean {
  return output.form === 'value' && typeof output.value === 'object'
}

/** `grep, read_file ×2`: each name once, in order of first use. */
function counted(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`)).join(', ')
}

/** The arguments as one would type them: texts bare, numbers with their name, long texts only where they come first. */
function toolInput(input: Content): string | undefined {
  if (input.form === 'messages' || !isJsonObject(input.value)) return inputText(input, lookedAt)
  const args = argumentsIn(input.value)
  const pieces: string[] = []
  let length = 0
  for (const name in args) {
    const piece = argument(name, args[name]!, pieces.length === 0)
    if (piece === undefined) continue
    pieces.push(piece)
    length += piece.length
    if (length > lookedAt) break
  }
  if (pieces.length > 0) return pieces.join(' ')
  return Object.keys(args).length === 0 ? undefined : startOfJson(args, lookedAt)
}

/** Some clients wrap the arguments: `{ args, kwargs }`, `{ callId, name, args }`. */
function argumentsIn(value: JsonObject): JsonObject {
  for (const name of ['kwargs', 'args', 'arguments']) {
    const held = value[name]
    if (isJsonObject(held) && Object.keys(held).length > 0) return held
  }
  return value
}

const maxFurther = 40

function argument(name: string, value: JsonValue, isFirst: boolean): string | undefined {
  if (typeof value === 'string') return isFirst || isShort(value) ? value.slice(0, lookedAt) : undefined
  if (typeof value === 'number' || typeof value === 'boolean') return `${name}=${value}`
  const isShortList = isJsonArray(value) && value.length > 0 && value.length <= 5 && value.every(isShort)
  return isShortList ? value.join(' ') : undefined
}

function isShort(value: JsonValue): value is string | number {
  return typeof value === 'string' ? value.length <= maxFurther && !value.includes('\n') : typeof value === 'number'
}

function passages({ retrieval, output }: Span): string | undefined {
  const found = retrieval?.documents?.length ?? (output && listed(output))
  if (found === undefined) return undefined
  const wanted = retrieval?.topK ?? found
  return found < wanted ? `${found} of ${plural(wanted, 'passage')}` : plural(found, 'passage')
}

/** `8 → 3 passages` */
function ranked({ retrieval, input, output }: Span): string | undefined {
  const before = input && listed(input)
  const after = retrieval?.documents?.length ?? (output && listed(output))
  return before === undefined || after === undefined ? undefined : `${before} → ${plural(after, 'passage')}`
}

function listed(content: Content): number | undefined {
  if (content.form === 'messages') return undefined
  const documents = isJsonObject(content.value) ? content.value.documents : content.value
  return isJsonArray(documents) ? documents.length : undefined
}

function embedded({ input }: Span): string | undefined {
  if (input?.form !== 'value' || !isJsonArray(input.value)) return undefined
  const [only] = input.value
  return input.value.length === 1 && typeof only === 'string' ? oneLine(only) : plural(input.value.length, 'text')
}

/** `Relevance 0.9, Safety pass` */
function judged(evaluations: readonly Evaluation[] = []): string | undefined {
  return oneLine(evaluations.map(({ name, value, label }) => `${name} ${label ?? value ?? ''}`.trim()).join(', '))
}

function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`
}

/** White space folded, cut where it is too long or where more was not looked at. */
function oneLine(text: string | undefined, max = maxCodePoints): string | undefined {
  if (text === undefined) return undefined
  const start = text.trimStart().slice(0, lookedAt)
  const line = start.replaceAll(/\s{2,}|[^\S ]|[\uD800-\uDBFF]$/g, ' ').trimEnd()
  if (line === '') return undefined
  return cutText(text.length < lookedAt ? line : `${line}…`, max)
}
