import type { JoinRecord } from './join-facts.ts'
import { byTime } from './same-time.ts'

/** What the records of a session say of one prompt. */
export interface Turn<Rec> {
  readonly sessionId: string
  /** Tells the turns of a session apart. */
  readonly key: string
  readonly prompt: Rec | undefined
  /** It and what else was logged as the same prompt, in order. */
  readonly prompts: readonly Rec[]
  /** Records that stand for a model call or the use of a tool, in order. */
  readonly steps: readonly Rec[]
  /** When the next prompt of the session came; Infinity for the last. */
  readonly nextPromptUs: number
}

/**
 * The turns that records tell of, by the ids of their prompts. A program that gives its prompts none (Codex) works at
 * the last one it has logged: its records belong to that. Records without a session belong to no turn.
 */
export function turnsOf<Rec extends JoinRecord>(records: readonly Rec[]): Turn<Rec>[] {
  const telling = records.filter(({ sessionId, standsFor }) => sessionId !== undefined && standsFor !== undefined)
  const sessions = Map.groupBy(telling.toSorted(byTime), ({ sessionId }) => sessionId!)
  return [...sessions].flatMap(([sessionId, said]) => turnsOfSession(sessionId, said))
}

function turnsOfSession<Rec extends JoinRecord>(sessionId: string, inOrder: readonly Rec[]): Turn<Rec>[] {
  const prompts = inOrder.filter(isPrompt)
  const nextPromptUs = new Map(prompts.map((prompt, place) => [prompt, prompts[place + 1]?.timeUs ?? Infinity]))
  let latest = 'before any prompt'
  const turns = Map.groupBy(inOrder, (record) => {
    const own = record.promptId ?? (isPrompt(record) ? markOf(record) : undefined)
    const key = own === undefined ? latest : `prompt ${own}`
    if (isPrompt(record)) latest = key
    return key
  })
  return [...turns].map(([key, said]) => {
    const promptsOfTurn = said.filter(isPrompt)
    const [prompt] = promptsOfTurn
    return {
      sessionId,
      key,
      prompt,
      prompts: promptsOfTurn,
      steps: said.filter((record) => !isPrompt(record)),
      nextPromptUs: (prompt && nextPromptUs.get(prompt)) ?? Infinity,
    }
  })
}

function isPrompt({ standsFor }: JoinRecord): boolean {
  return standsFor?.type === 'prompt'
}

/** What tells a record from the others of its session: its number, else its time and what it says. */
export function markOf({ sequence, timeUs, digest }: JoinRecord): string {
  return sequence === undefined ? `at ${timeUs} ${digest}` : `number ${sequence}`
}
