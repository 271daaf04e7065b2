import { cutText, inputText, outputText } from '../span/content-text.ts'
import type { TraceAnalysis } from './analyse-trace.ts'
import { firstText } from './first-text.ts'
import { byEnd } from './span-order.ts'
import { errorText, maxErrorCharacters } from './step.ts'

/** The root's error, else that of the failed span that ended last; failures without a word are passed over. */
export function failureReason({ root, tree }: TraceAnalysis): string | undefined {
  const lastFirst = tree.items
    .filter((span) => span.status === 'error')
    .toSorted(byEnd)
    .toReversed()
  const failed = root.status === 'error' ? [root, ...lastFirst] : lastFirst
  const reason = firstText(failed, (span) => errorText(span.error))
  return reason === undefined ? undefined : cutText(reason, maxErrorCharacters)
}

/** What a span says the trace was asked, else what the root was, else what the first model call was. */
export function promptOf({ rootFirst, root, tree }: TraceAnalysis): string | undefined {
  const calls = tree.items.filter((span) => span.type === 'llm')
  return (
    firstText(rootFirst, ({ context }) => context.traceInput && inputText(context.traceInput)) ??
    firstText([root, ...calls], (span) => span.input && inputText(span.input))
  )
}

/** As `promptOf`, with the last model call to end. */
export function responseOf({ rootFirst, root, tree }: TraceAnalysis): string | undefined {
  const calls = tree.items.filter((span) => span.type === 'llm').toSorted(byEnd)
  return (
    firstText(rootFirst, ({ context }) => context.traceOutput && outputText(context.traceOutput)) ??
    firstText([root, ...calls.toReversed()], (span) => span.output && outputText(span.output))
  )
}
