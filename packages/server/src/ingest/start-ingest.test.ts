import { MessageChannel } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { defaultLimits } from '../limits.ts'
import { startIngest } from './start-ingest.ts'

describe('startIngest', () => {
  test('says to the operator where its thread failed, and nothing of what that was about', async () => {
    const { promise, resolve: log } = Promise.withResolvers<string>()
    const { port1: sinkPort } = new MessageChannel()
    const settings = { limits: defaultLimits, clock: () => 0, log }
    // No regular expression: settings are looked at before, so that the thread does not expect it.
    await using _ = await startIngest(settings, { sinkPort, redact: ['(secret'], prices: undefined })

    const line = await promise
    expect(line).toMatch(/^the thread that takes requests in has failed: SyntaxError < at .*redact\.ts/)
    expect(line).not.toContain('secret')
  })
})
