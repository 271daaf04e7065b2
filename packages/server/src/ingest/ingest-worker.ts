import { parentPort, workerData } from 'node:worker_threads'
import { openSpanSink } from '@tracellm/store/sink'
import { serve } from '@tracellm/store/thread'
import { IngestQueue } from './ingest-queue.ts'
import { redactionOf } from './redact.ts'
import type { IngestCalls, IngestEvents, IngestWorkerData } from './start-ingest.ts'

/** The thread that inflates, decodes, maps and hashes what comes in: a shell around `IngestQueue`. */
const { sinkPort, redact, prices, ...limits } = workerData as IngestWorkerData

const queue = new IngestQueue({
  sink: openSpanSink(sinkPort),
  context: {
    maxInflatedBytes: limits.maxInflatedBytes,
    maxJsonObjects: limits.maxJsonObjects,
    decode: { maxAttributes: limits.maxSpanAttributes, maxItems: limits.maxRequestItems },
    redaction: redactionOf(redact),
    prices,
  },
  onQueued: (spans) => events.emit('queued', spans),
})

const events = serve<IngestCalls, IngestEvents>(parentPort!, { take: (request) => queue.take(request) })
