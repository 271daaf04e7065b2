import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '@tracellm/client'
import { startTracellm, TemporaryHome } from '../../e2e/start-tracellm.ts'
import { startLoad, type Acknowledged } from './load.ts'
import { findFaults } from './recount.ts'

export interface KillRounds {
  readonly rounds: number
  readonly senders: number
  /** Each round is killed at a random moment up to this. */
  readonly maxRoundMs: number
  /** Makes the moments the same again. */
  readonly seed: number
  readonly say?: (line: string) => void
}

/**
 * Kills a server again and again under load, each time in the home it left behind, and then looks at what is there.
 * @returns how many spans were acknowledged, and every fault found.
 */
export async function killRounds({ rounds, senders, maxRoundMs, seed, say = () => undefined }: KillRounds) {
  using home = new TemporaryHome()
  const acknowledged: Acknowledged = new Map()
  const random = randomOf(seed)
  for (let round = 1; round <= rounds; round += 1) {
    await using server = await startTracellm({ home: home.path })
    const load = startLoad(server.url, round, senders, acknowledged)
    // A slow machine may take a while to the first answer: the clock runs from there.
    await load.firstAcknowledged
    const lifeMs = Math.round(random() * maxRoundMs)
    await sleep(lifeMs)
    await server.kill()
    await load.stop()
    say(`round ${round}: killed after ${lifeMs} ms, ${countSpans(acknowledged)} spans acknowledged so far`)
  }
  await using server = await startTracellm({ home: home.path })
  const faults = await findFaults(createClient({ baseUrl: server.url }), acknowledged)
  return { acknowledgedSpans: countSpans(acknowledged), faults }
}

function countSpans(acknowledged: Acknowledged): number {
  return [...acknowledged.values()].reduce((sum, spans) => sum + spans.size, 0)
}

/** Mulberry32: small, and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
