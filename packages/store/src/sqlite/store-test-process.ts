import type { ProjectId, Span, SpanId, TraceId } from '@tracellm/core'
import { openSqliteStore, type SqliteStore } from './open-sqlite-store.ts'

/**
 * A second process for tests: opens the store in a folder and does one thing to it, saying line by line what was
 * acknowledged, until it is killed. Its traces are `sample` over and over, under ids that count up.
 */
const [folder, what, sample] = process.argv.slice(2) as [string, string, string]
const projectId = 'project-a' as ProjectId

function say(words: string): void {
  process.stdout.write(`${words}\n`)
}

function spansOf(trace: number): Span[] {
  return (JSON.parse(sample.replaceAll('{trace}', String(trace))) as Span[]).map((span, place) => ({
    ...span,
    traceId: `a${trace.toString(16).padStart(31, '0')}` as TraceId,
    spanId: `b${(place + 1).toString(16).padStart(15, '0')}` as SpanId,
  }))
}

async function write(store: SqliteStore, spans: readonly Span[]): Promise<void> {
  await store.write({ groups: [{ projectId, fixed: true, spans, logEvents: [] }] })
}

const doings: Readonly<Record<string, (store: SqliteStore) => Promise<void>>> = {
  async hold() {
    setInterval(() => {}, 1000)
  },
  async write(store) {
    for (let trace = 1; ; trace++) {
      await write(store, spansOf(trace))
      say(String(trace))
    }
  },
  async delete(store) {
    for (let hundred = 0; hundred < 6; hundred++) {
      await write(store, Array.from({ length: 100 }, (_, place) => spansOf(hundred * 100 + place + 1)).flat())
    }
    say('deletes')
    await store.deleteProject(projectId)
    say('deleted')
  },
}

try {
  const store = await openSqliteStore({ folder })
  say('open')
  await doings[what]!(store)
} catch (error) {
  say((error as { code?: string }).code ?? String(error))
}
