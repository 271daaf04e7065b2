import type { MessagePort } from 'node:worker_threads'
import { TraceLLMError } from '@tracellm/core'
import { RecentHashes, RecentMessages } from '../bodies/index.ts'
import type { SpanSink } from '../port/trace-store.ts'
import type { WriteBatch, WriteReceipt } from '../port/write-batch.ts'
import { ThreadClient } from '../thread/index.ts'
import { BatchBodies } from './batch-bodies.ts'
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
  return spanSinkOver((batch) => client.call('write', [batch]))
}

/** The same for whoever reaches the writer in another way. */
export function spanSinkOver(send: SinkCalls['write']): SpanSink {
  const recent = new RecentMessages()
  const sent = new RecentHashes<true>()

  return {
    async write(batch: WriteBatch): Promise<WriteReceipt> {
      const bodies = new BatchBodies(sent)
      const draft = draftBatch(batch, recent, bodies)
      const texts = [...draft.texts]
      for (let sending = 0; sending < maxSendings; sending++) {
        const answer = await send({ ...draft, texts })
        if ('groups' in answer) return answer
        for (const place of answer.missing) texts[place] = bodies.text(place)
      }
      throw new TraceLLMError('TL_INTERNAL', 'the writer asks again and again for bodies it was sent')
    },
  }
}

/** What is sent of a batch. */
export function draftBatch(batch: WriteBatch, recent: RecentMessages, bodies: BatchBodies): DraftBatch {
  const drafter = new SpanDrafter(recent, bodies)
  const groups = batch.groups.map((group) => drafter.draftGroup(group))
  const { shared, contexts } = drafter
  return { hashes: bodies.hashes, texts: bodies.texts, shared, contexts, groups }
}
