import type { ProjectId, TraceId } from '@tracellm/core'
import type { StoreChange, StoreChanges, TraceRow } from '@tracellm/store'
import { afterEach, describe, expect, test } from 'vitest'
import { IngestCounters } from '../counters.ts'
import type { LiveClient, LiveSocket } from './live-client.ts'
import { LiveHub, type LiveLimits } from './live-hub.ts'
import type { Subscription } from './subscription.ts'

interface SentEvent {
  type: string
  sequence: number
  data: Record<string, unknown>
}

const limits: LiveLimits = {
  maxEvents: 100,
  maxBytes: 1_000_000,
  maxFrameEvents: 10,
  frameIntervalMs: 60_000,
  maxBufferedBytes: 1000,
  resumeBufferedBytes: 100,
  lingerMs: 60_000,
}
const everything: Subscription = { scope: {}, spans: true }

/** A store that has nothing but changes. */
function changingStore(sequence = 0) {
  const listeners = new Set<(changes: StoreChanges) => void>()
  return {
    listeners,
    sequence,
    onChanges(listener: (changes: StoreChanges) => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    readStats: async function () {
      return { sequence: this.sequence } as never
    },
    /** Commits changes; each gets the next number. */
    commit(...kinds: ((sequence: number) => StoreChange)[]) {
      const changes = kinds.map((kind) => kind((this.sequence += 1)))
      for (const listener of listeners) listener({ sequence: this.sequence, atUs: 0, changes })
    },
  }
}

const trace =
  (id: string, projectId = 'default') =>
  (sequence: number): StoreChange => ({
    type: 'trace.updated',
    sequence,
    projectId: projectId as ProjectId,
    environment: undefined,
    trace: { traceId: id as TraceId, name: `${id}@${sequence}` } as TraceRow,
  })

const span =
  (id: string) =>
  (sequence: number): StoreChange => ({
    type: 'span.created',
    sequence,
    projectId: 'default' as ProjectId,
    environment: undefined,
    traceId: id as TraceId,
    traceStartUs: 0,
    step: { name: id } as never,
  })

class Reader implements LiveSocket {
  readonly frames: SentEvent[][] = []
  buffered = 0

  bufferedBytes(): number {
    return this.buffered
  }

  send(message: Buffer): void {
    this.frames.push(JSON.parse(message.toString()) as SentEvent[])
  }

  /** Everything but the greeting. */
  get events(): SentEvent[] {
    return this.frames.flat().filter((event) => event.type !== 'system.connected')
  }

  get sequences(): number[] {
    return this.events.map((event) => event.sequence)
  }
}

const open: LiveHub[] = []

afterEach(() => {
  for (const hub of open.splice(0)) hub.close()
})

async function hubOver(store: ReturnType<typeof changingStore>, changed: Partial<LiveLimits> = {}): Promise<LiveHub> {
  const hub = await LiveHub.open({
    store,
    limits: { ...limits, ...changed },
    clock: () => 0,
    formatTime: (us) => String(us),
    present: (change) =>
      'trace' in change ? { name: change.trace.name } : { name: 'step' in change ? change.step.name : '' },
    version: '0',
    counters: new IngestCounters(),
  })
  open.push(hub)
  return hub
}

async function join(
  hub: LiveHub,
  subscription = everything,
  after?: number,
): Promise<{ client: LiveClient; reader: Reader }> {
  const reader = new Reader()
  return { reader, client: await hub.connect(reader, subscription, after) }
}

describe('LiveHub', () => {
  test('greets a client with the newest number', async () => {
    const hub = await hubOver(changingStore(7))
    const { reader } = await join(hub)
    expect(reader.frames).toEqual([
      [{ type: 'system.connected', sequence: 7, at: '0', data: { version: '0', sequence: 7, resumed: false } }],
    ])
  })

  test('sends a change at once when the last frame is old, and later ones together', async () => {
    const store = changingStore()
    const hub = await hubOver(store)
    const { reader } = await join(hub)
    store.commit(trace('a'))
    store.commit(trace('b'))
    store.commit(trace('c'))
    expect(reader.sequences).toEqual([1])
    hub.flush()
    expect(reader.frames.at(-1)?.map((event) => event.sequence)).toEqual([2, 3])
  })

  test('sends only what the scope and the subscription let through', async () => {
    const store = changingStore()
    const hub = await hubOver(store)
    const { reader } = await join(hub, { scope: { projectId: 'mine' as ProjectId }, spans: false })
    store.commit(trace('a', 'mine'), trace('b', 'theirs'), span('a'), trace('c', 'mine'))
    hub.flush()
    expect(reader.events.map((event) => event.data.name)).toEqual(['a@1', 'c@4'])
  })

  test('keeps only the newest state of each trace in a frame that is too large, and says how many spans it left out', async () => {
    const store = changingStore()
    const hub = await hubOver(store, { maxFrameEvents: 3 })
    const { reader } = await join(hub)
    hub.flush()
    store.commit(trace('a'), span('a'), trace('b'), trace('a'))
    hub.flush()
    expect(reader.events).toEqual([
      { type: 'trace.updated', sequence: 3, at: '0', data: { name: 'b@3' } },
      { type: 'trace.updated', sequence: 4, at: '0', data: { name: 'a@4' } },
      { type: 'system.gap', sequence: 4, at: '0', data: { left_out: 1 } },
    ])
  })

  test('gives a client that comes back what it missed, and nothing twice', async () => {
    const store = changingStore()
    const hub = await hubOver(store)
    const first = await join(hub)
    store.commit(trace('a'))
    hub.flush()
    hub.disconnect(first.client)
    store.commit(trace('b'), trace('c'))
    const again = await join(hub, everything, 1)
    expect(again.reader.frames[0]?.[0]?.data.resumed).toBe(true)
    store.commit(trace('d'))
    hub.flush()
    expect(again.reader.sequences).toEqual([2, 3, 4])
  })

  test('joins a client to others without sending what waits for them twice', async () => {
    const store = changingStore()
    const hub = await hubOver(store)
    const first = await join(hub)
    hub.flush()
    store.commit(trace('a'))
    const second = await join(hub, everything, 0)
    hub.flush()
    expect(first.reader.sequences).toEqual([1])
    expect(second.reader.sequences).toEqual([1])
  })

  test('announces a gap when the ring no longer holds what a client missed', async () => {
    const store = changingStore()
    const hub = await hubOver(store, { maxEvents: 2 })
    await join(hub)
    store.commit(trace('a'), trace('b'), trace('c'), trace('d'))
    const { reader } = await join(hub, everything, 1)
    expect(reader.frames[0]?.[0]?.data.resumed).toBe(false)
    expect(reader.events).toEqual([{ type: 'system.gap', sequence: 4, at: '0', data: { left_out: 3 } }])
  })

  test('announces a gap for what was written while nobody listened', async () => {
    const store = changingStore(5)
    const hub = await hubOver(store)
    store.sequence = 9
    const { reader } = await join(hub, everything, 5)
    expect(reader.events).toEqual([{ type: 'system.gap', sequence: 9, at: '0', data: { left_out: 4 } }])
  })

  test('starts from now for a number that the store has not reached', async () => {
    const hub = await hubOver(changingStore(5))
    const { reader } = await join(hub, everything, 50)
    expect(reader.frames).toEqual([[expect.objectContaining({ data: { version: '0', sequence: 5, resumed: false } })]])
  })

  test('sends nothing to a client that does not read, and goes on where it stopped', async () => {
    const store = changingStore()
    const hub = await hubOver(store)
    const { reader } = await join(hub)
    const { reader: other } = await join(hub)
    hub.flush()
    reader.buffered = 2000
    store.commit(trace('a'))
    hub.flush()
    store.commit(trace('b'))
    hub.flush()
    expect(reader.events).toEqual([])
    expect(other.sequences).toEqual([1, 2])
    reader.buffered = 0
    hub.flush()
    expect(reader.sequences).toEqual([1, 2])
  })

  test('holds a paused client back and gives it what it missed', async () => {
    const store = changingStore()
    const hub = await hubOver(store)
    const { reader, client } = await join(hub)
    client.pause()
    store.commit(trace('a'))
    hub.flush()
    expect(reader.events).toEqual([])
    client.resume()
    store.commit(trace('b'))
    hub.flush()
    expect(reader.sequences).toEqual([1, 2])
  })

  test('follows a new subscription from where the old one ended', async () => {
    const store = changingStore()
    const hub = await hubOver(store)
    const { reader, client } = await join(hub, { scope: {}, spans: false })
    hub.flush()
    store.commit(span('a'), trace('a'))
    hub.resubscribe(client, everything)
    store.commit(span('b'))
    hub.flush()
    expect(reader.sequences).toEqual([2, 3])
  })

  test('counts clients', async () => {
    const hub = await hubOver(changingStore())
    const { client } = await join(hub)
    expect(hub.clients).toBe(1)
    hub.disconnect(client)
    expect(hub.clients).toBe(0)
  })
})
