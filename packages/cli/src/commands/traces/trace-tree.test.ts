import { describe, expect, test } from 'vitest'
import { glyphsFor } from '../../screen/glyphs.ts'
import { renderLine } from '../../screen/styled-text.ts'
import { textWidth } from '../../screen/text-width.ts'
import { sampleDetail, sampleNowUs, sampleStep } from './sample-trace.ts'
import { traceTreeLines, type TreeOptions } from './trace-tree.ts'

process.env.TZ = 'UTC'

const agentRun = sampleDetail(
  [
    sampleStep(1, null, { type: 'agent', name: 'fix-issue', offset: 0, duration: 389_000 }),
    sampleStep(2, 1, {
      type: 'llm',
      name: 'chat claude-sonnet-4-5',
      summary: '→ list_files, read_file',
      offset: 0,
      duration: 5930,
      input_tokens: 8400,
      output_tokens: 312,
      cost_usd: 0.036,
    }),
    sampleStep(3, 1, {
      type: 'tool',
      name: 'execute_tool',
      tool_name: 'list_files',
      summary: 'src/auth',
      offset: 6000,
      duration: 80,
    }),
    sampleStep(4, 1, {
      type: 'agent',
      name: 'explore',
      summary: 'where does session.ts get its time from',
      offset: 6100,
      duration: 16_900,
    }),
    sampleStep(5, 4, { type: 'span', name: 'HTTP POST', offset: 6200 }),
    sampleStep(6, 4, {
      type: 'retriever',
      name: 'code-index',
      summary: '8 of 1,204 chunks',
      offset: 6300,
      duration: 270,
    }),
    sampleStep(7, 1, {
      type: 'tool',
      name: 'edit_file',
      summary: 'src/auth/session.ts',
      offset: 23_000,
      duration: 60,
      status: 'error',
      error: 'old_string not found in src/auth/session.ts',
    }),
    sampleStep(8, 1, {
      type: 'tool',
      name: 'edit_file',
      attempt: 2,
      summary: 'src/auth/session.ts',
      offset: 24_000,
      duration: 74,
    }),
    sampleStep(9, 1, {
      type: 'llm',
      name: 'chat',
      summary: '“Session refresh now reads the injected clock”',
      offset: 276_000,
      duration: 6860,
      input_tokens: 46_000,
      output_tokens: 640,
    }),
  ],
  {
    status: 'warning',
    failure_reason: 'old_string not found',
    retry_count: 1,
    cost_is_partial: true,
    service: 'coding-agent',
    session_id: 'issue-482',
  },
)

function draw(detail = agentRun, columns = 100, options: Partial<TreeOptions> = {}): string[] {
  const screen = { columns, glyphs: glyphsFor({}) }
  const lines = traceTreeLines(detail, screen, { all: false, nowUs: sampleNowUs, address: undefined, ...options })
  return lines.map((line) => renderLine(line, (_role, text) => text))
}

describe('traceTreeLines', () => {
  test('tells what each step did, how long it took and what it cost', () => {
    expect(draw()).toEqual([
      'fix-issue  #482 session test fails after 23:00 UTC                           ▲ finished with retries',
      'today 13:41:07 · coding-agent · session issue-482 · 6 m 29 s, 2 m 17 s active · ≥ $0.467 · 283k tok…',
      '',
      '├─ ◆ → list_files, read_file  8.4k → 312                                             5.93 s    0.036',
      '├─ ■ list_files  src/auth                                                             80 ms',
      '├─ ○ explore  where does session.ts get its time from                                16.9 s',
      '│  ╰─ ▤ code-index  8 of 1,204 chunks                                                270 ms',
      '├─ ■ edit_file  src/auth/session.ts                                                   60 ms',
      '│     ✗ old_string not found in src/auth/session.ts',
      '├─ ■ edit_file ↻2  src/auth/session.ts                                                74 ms',
      '┆ 4 m 12 s idle',
      '╰─ ◆ “Session refresh now reads the injected clock”  46k → 640                       6.86 s        ?',
      '',
      '1 of 9 spans folded · all: --all',
    ])
  })

  test('shows everything when asked, and where to look at it', () => {
    const lines = draw(agentRun, 100, { all: true, address: 'http://127.0.0.1:8000/traces/a91f3c' })
    expect(lines.some((line) => line.includes('· HTTP POST'))).toBe(true)
    expect(lines.at(-1)).toBe('in the browser: http://127.0.0.1:8000/traces/a91f3c')
  })

  test('is never wider than the terminal', () => {
    for (let columns = 40; columns < 120; columns += 7) {
      for (const line of draw(agentRun, columns).slice(0, -1)) expect(textWidth(line)).toBeLessThanOrEqual(columns)
    }
  })

  test('takes a call for work, whatever the spans below it are', () => {
    const steps = [
      sampleStep(1, null, { type: 'agent', name: 'run', offset: 0, duration: 60_000 }),
      sampleStep(2, 1, { type: 'llm', name: 'chat', offset: 0, duration: 59_000 }),
      sampleStep(3, 2, { type: 'event', name: 'first part', offset: 1000, duration: 0 }),
      sampleStep(4, 1, { type: 'tool', name: 'grep', offset: 59_500 }),
    ]
    expect(draw(sampleDetail(steps)).join('\n')).not.toContain('idle')
  })

  test('shows a lone call as a row, and why a trace failed', () => {
    const call = sampleStep(1, null, { type: 'llm', name: 'chat', offset: 0, status: 'error', error: 'overloaded' })
    const lines = draw(sampleDetail([call], { status: 'failed', failure_reason: 'overloaded' }))
    expect(lines[0]).toMatch(/✗ failed$/)
    expect(lines.slice(2)).toEqual([
      '✗ overloaded',
      '',
      '╰─ ◆ chat                                                                            500 ms',
      '      ✗ overloaded',
    ])
  })

  test('counts the time of what still runs', () => {
    const running = sampleStep(1, null, { type: 'llm', name: 'chat', offset: 1000, duration: null, success: null })
    const trace = { status: 'running', latency: null, started_at: '2026-11-23T14:02:29.000000Z' } as const
    const lines = draw(sampleDetail([running], trace))
    expect(lines[0]).toMatch(/● running$/)
    expect(lines[1]).toContain('12.0 s')
    expect(lines[3]).toMatch(/● chat +11\.0 s$/)
  })

  test('counts no time of what has stopped without an end', () => {
    const open = sampleStep(1, null, { type: 'llm', name: 'chat', offset: 1000, duration: null, success: null })
    const lines = draw(sampleDetail([open], { status: 'interrupted', latency: 3000 }))
    expect(lines[0]).toMatch(/◌ stopped without an end$/)
    expect(lines[3]).toMatch(/◆ chat +no end$/)
  })

  test('keeps plumbing in which something failed', () => {
    const steps = [
      sampleStep(1, null, { type: 'chain', name: 'run' }),
      sampleStep(2, 1, { type: 'span', name: 'middleware' }),
      sampleStep(3, 2, { type: 'span', name: 'GET /orders', status: 'error', error: 'ECONNREFUSED' }),
    ]
    expect(draw(sampleDetail(steps)).slice(3)).toEqual([
      '╰─ · middleware                                                                      500 ms',
      '   ╰─ · GET /orders                                                                  500 ms',
      '         ✗ ECONNREFUSED',
    ])
  })

  test('shows a step whose parent never came, and survives steps that are their own parents', () => {
    const steps = [
      sampleStep(1, 99, { type: 'tool', name: 'orphan', offset: 0 }),
      sampleStep(2, 3, { type: 'tool', name: 'hen', offset: 0 }),
      sampleStep(3, 2, { type: 'tool', name: 'egg', offset: 0 }),
    ]
    expect(
      draw(sampleDetail(steps))
        .slice(3)
        .map((line) => line.slice(0, 14).trimEnd()),
    ).toEqual(['├─ ■ orphan', '╰─ ■ hen', '   ╰─ ■ egg'])
  })
})
