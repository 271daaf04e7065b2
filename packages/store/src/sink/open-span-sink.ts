import type { MessagePort } from 'node:worker_threads'
import { TraceLLMError } from '@tracellm/core'
import { RecentHashes, RecentMessages } from '../bodies/index.ts'
import { eventWithinBounds, spanWithinBounds } from '../derive/index.ts'
import type { SpanSink } from '../port/trace-store.ts'
import type { WriteBatch, WriteGroup, WriteReceipt } from '../port/write-batch.ts'
import { ThreadClient } from '../thread/index.ts'
import { BatchBodies } from './batch-bodies.ts'
import { ByteArena } from './byte-arena.ts'
import { SpanDrafter } from './draft-spans.ts'
import type { DraftBatch, SinkCalls } from './draft.ts'

/** How often the writer may ask for texts before something must be wrong. */
const maxSendings = 4

/**
 * A sink of the store for the thread that maps spans, over a port to the writer. Canonical JSON and hashes are made here;
 * over the port go rows, hashes, and the texts of bodies that were not sent lately. A writer that lacks one has written
 * nothing, and gets the batch again with it.
 */
export function openSpanSink(port: MessagePort): SpanSink {
  const client = new ThreadClient<SinkCalls>(port)
  return spanSinkOver((batch) => client.call('write', [batch], [batch.bytes.buffer]))
}

/** The same for whoever reaches the writer in another way. */
export function spanSinkOver(send: SinkCalls['write']): SpanSink {
  const recent = new RecentMessages()
  const sent = new RecentHashes<true>()

  return {
    // Not async: the batch would be held until it is written, and with it all that was decoded.
    write(batch: WriteBatch): Promise<WriteReceipt> {
      const drafting = new Drafting(recent, sent)
      return sendUntilTaken(drafting.draft(batch), drafting, send)
    },
  }
}

async function sendUntilTaken(
  draft: Omit<DraftBatch, 'bytes' | 'texts'>,
  drafting: Drafting,
  send: SinkCalls['write'],
): Promise<WriteReceipt> {
  for (let sending = 0; sending < maxSendings; sending++) {
    const answer = await send({ ...draft, ...drafting.texts() })
    if ('groups' in answer) return answer
    drafting.addTexts(answer.missing)
  }
  throw new TraceLLMError('TL_INTERNAL', 'the writer asks again and again for bodies it was sent')
}

/** One batch on its way. */
export class Drafting {
  readonly #arena = new ByteArena()
  readonly #bodies: BatchBodies
  readonly #drafter: SpanDrafter

  constructor(recent: RecentMessages, sent: RecentHashes<true>) {
    this.#bodies = new BatchBodies(sent, this.#arena)
    this.#drafter = new SpanDrafter(recent, this.#bodies, this.#arena)
  }

  draft(batch: WriteBatch): Omit<DraftBatch, 'bytes' | 'texts'> {
    const groups = batch.groups.map((group) => this.#drafter.draftGroup(withinBounds(group)))
    const { shared, contexts } = this.#drafter
    return { hashes: this.#bodies.hashes, shared, contexts, groups }
  }

  /** The texts that go with the draft. */
  texts(): Pick<DraftBatch, 'bytes' | 'texts'> {
    return { bytes: this.#arena.all(), texts: this.#bodies.texts }
  }

  addTexts(places: readonly number[]): void {
    for (const place of places) this.#bodies.addText(place)
  }
}

function withinBounds(group: WriteGroup): WriteGroup {
  return { ...group, spans: group.spans.map(spanWithinBounds), logEvents: group.logEvents.map(eventWithinBounds) }
}
