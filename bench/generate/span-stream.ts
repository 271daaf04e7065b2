import type { DecodedSpan } from '@tracellm/core/otlp'
import { agentApplication, agentTrace, beginConversation, type Conversation } from './agent-trace.ts'
import { ragTrace } from './rag-trace.ts'
import { Random } from './random.ts'

export const trafficKinds = ['agent', 'rag'] as const
export type TrafficKind = (typeof trafficKinds)[number]

/** Traces that send at the same time. */
const tracesInFlight = 64

/**
 * Spans without end, in the order a server would see them: those of 64 traces mixed, each trace in its own order with
 * the root last, an agent's next trace being that of the user's next question. The same seed gives the same spans.
 * @param endUs about when the traces end; they begin up to an hour before.
 */
export function* spanStream(kind: TrafficKind, seed: number, endUs: number): Generator<DecodedSpan> {
  const random = new Random(seed)
  const application = agentApplication(new Random(1))
  const conversations: Conversation[] = []
  const begin = (place: number, isFirst: boolean): DecodedSpan[] => {
    const startUs = endUs - random.between(60_000_000, 3_600_000_000)
    if (kind === 'rag') return ragTrace(random, startUs)
    if (isFirst || conversations[place]!.questionsLeft === 0) {
      conversations[place] = beginConversation(random, isFirst)
    }
    conversations[place]!.questionsLeft -= 1
    return agentTrace(random, application, conversations[place]!, startUs)
  }
  const flights = Array.from({ length: tracesInFlight }, (_, place) => begin(place, true))
  for (;;) {
    const index = random.between(0, tracesInFlight)
    const span = flights[index]!.shift()
    if (span === undefined) flights[index] = begin(index, false)
    else yield span
  }
}

/** The next `count` spans of a stream. */
export function take<Item>(stream: Iterator<Item>, count: number): Item[] {
  return Array.from({ length: count }, () => stream.next().value as Item)
}
