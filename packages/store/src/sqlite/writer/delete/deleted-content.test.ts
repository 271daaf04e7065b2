import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LogEvent, Span } from '@tracellm/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  batchOf,
  callOf,
  eventOf,
  messagesOf,
  projectA,
  spanOf,
  textMessage,
  traceIdOf,
} from '../../../contract/index.ts'
import { unpackEntries } from '../../chunk.ts'
import { openForReading } from '../../open-database.ts'
import { openSqliteStore } from '../../open-sqlite-store.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracellm-deleted-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const scope = { projectId: projectA }
const secret = (place: string) => `secret-${place}-${'x'.repeat(12)}`

/** A trace that says a secret wherever a client can say something. */
function secretSpans(trace: number): Span[] {
  const source = {
    resource: { attributes: { 'service.name': secret('service'), 'host.name': secret('host') } },
    scope: { name: secret('scope'), attributes: { note: secret('scope-attribute') } },
    dialects: ['gen_ai'],
    usedKeys: [secret('used-key')],
    mappingVersion: 1,
  }
  const root = spanOf({
    trace,
    id: 1,
    type: 'agent',
    name: secret('root-name'),
    status: 'error',
    error: { message: secret('error-message'), type: secret('error-type') },
    context: {
      userId: secret('user'),
      sessionId: secret('session'),
      tags: [secret('tag')],
      metadata: { [secret('metadata-key')]: secret('metadata-value') },
      environment: secret('environment'),
      release: secret('release'),
      traceName: secret('trace-name'),
      traceInput: messagesOf(textMessage('user', secret('trace-input'))),
    },
    attributes: { [secret('attribute-key')]: secret('attribute'), long: `${secret('long')} `.repeat(500) },
    events: [{ name: secret('event'), attributes: { text: secret('event-attribute') } }],
    source,
  })
  const call = spanOf({
    trace,
    id: 2,
    parent: 1,
    type: 'llm',
    name: secret('call-name'),
    call: { ...callOf(secret('model'), 10, 5), provider: secret('provider') },
    input: messagesOf(textMessage('system', secret('system')), textMessage('user', secret('prompt'))),
    output: messagesOf(textMessage('assistant', secret('answer'))),
    toolDefinitions: [{ name: secret('definition') }],
    source,
  })
  const tool = spanOf({
    trace,
    id: 3,
    parent: 1,
    type: 'tool',
    tool: { name: secret('tool'), description: secret('tool-description') },
    input: { form: 'value', value: { query: secret('tool-input') } },
    source,
  })
  return [root, call, tool]
}

/** A prompt and a call that only log records tell of, with a secret wherever they can say something. */
function secretEvents(): LogEvent[] {
  const said = {
    sessionId: secret('log-session'),
    promptId: secret('log-prompt-id'),
    userId: secret('log-user'),
    attributes: { [secret('log-key')]: secret('log-attribute'), long: `${secret('log-long')} `.repeat(500) },
    body: secret('log-body'),
    resource: { attributes: { 'service.name': secret('log-service') } },
    scope: { name: secret('log-scope') },
    dialect: 'agent',
  }
  const prompt = { type: 'prompt', name: secret('log-prompt-name') } as const
  const call = { type: 'llm', name: secret('log-call-name'), failed: true } as const
  return [
    eventOf({ ...said, name: 'agent.prompt', input: [textMessage('user', secret('log-prompt'))], standsFor: prompt }),
    eventOf({
      ...said,
      name: 'agent.call',
      afterUs: 9_000_000,
      // It names a trace that stays.
      traceId: traceIdOf(2),
      requestId: secret('log-request'),
      call: callOf(secret('log-model'), 1, 1),
      output: [textMessage('assistant', secret('log-answer'))],
      error: { message: secret('log-error') },
      standsFor: call,
    }),
  ]
}

const plainSpans = (trace: number): Span[] => [
  spanOf({ trace, id: 1, input: messagesOf(textMessage('user', `plain question ${trace}`)) }),
  spanOf({ trace, id: 2, parent: 1, type: 'llm', call: callOf('plain model', 1, 1) }),
]

/** The secrets that can still be found: in the bytes of any file, or in what chunks hold when they are inflated. */
function secretsLeft(): string[] {
  const database = openForReading(folder)
  const inflated = database
    .prepare('select z from chunk')
    .all()
    .flatMap((row) => unpackEntries(row['z'] as Uint8Array))
  database.close()
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'))
  const found = [...files, ...inflated].flatMap((text) => text.match(/secret-[a-z-]+?-x{12}/g) ?? [])
  return [...new Set(found)].toSorted()
}

async function withStore(work: (store: Awaited<ReturnType<typeof openSqliteStore>>) => Promise<void>): Promise<void> {
  await using store = await openSqliteStore({ folder })
  await work(store)
}

const score = (scoreId: string) => ({
  scoreId,
  traceId: traceIdOf(1),
  name: secret('score-name'),
  value: secret('score-value'),
  comment: secret('score-comment'),
  source: 'api' as const,
  createdUs: 1,
})

describe('what was deleted', () => {
  test('is in the files before, so that looking for it means something', async () => {
    await withStore(async (store) => {
      await store.write(batchOf(secretSpans(1)))
      await store.writeScore(scope, score('a'))
    })
    expect(secretsLeft().length).toBeGreaterThan(30)
  })

  test('is in no file after its trace is deleted and the store is closed', async () => {
    await withStore(async (store) => {
      await store.write(batchOf([...plainSpans(2), ...secretSpans(1), ...plainSpans(3)]))
      await store.writeScore(scope, score('a'))
      for (let trace = 10; trace < 30; trace++) await store.write(batchOf(plainSpans(trace)))
      await store.deleteTrace(scope, traceIdOf(1))
    })
    expect(secretsLeft()).toEqual([])
  })

  test('is in no file after a trace is deleted that log records made, though the trace stays that they name', async () => {
    await withStore(async (store) => {
      await store.write(batchOf(plainSpans(2), { logEvents: secretEvents() }))
    })
    expect(secretsLeft().length).toBeGreaterThan(10)
    await withStore(async (store) => {
      const { items } = await store.listTraces(scope, { sessionId: secret('log-session') }, { limit: 5 })
      for (const { traceId } of items) await store.deleteTrace(scope, traceId)
      expect((await store.listTraces(scope, {}, { limit: 5 })).items).toMatchObject([{ traceId: traceIdOf(2) }])
    })
    expect(secretsLeft()).toEqual([])
  })
})
