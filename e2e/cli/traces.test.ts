import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { createClient } from '@tracellm/client'
import type { TraceDetailJson, TraceJson } from '@tracellm/core/wire'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runTracellm, startTracellm, TemporaryHome, tracellmProgram, type RunningTracellm } from '../start-tracellm.ts'

const agentRun = {
  trace_id: 'a91f3c0123456789abcdef01234577e2',
  name: 'fix-issue',
  prompt: '#482 session test fails after 23:00 UTC',
  response: 'Session refresh now reads the injected clock.',
  started_at: '2026-11-23T13:41:07Z',
  latency: 20_000,
  session_id: 'issue-482',
  user_id: 'anna',
  steps: [
    {
      step_id: 'ask',
      name: 'chat',
      type: 'llm',
      model_name: 'gpt-5',
      output: 'Let me look.',
      input_tokens: 8400,
      output_tokens: 312,
      duration: 5930,
      timestamp: '2026-11-23T13:41:07Z',
    },
    {
      step_id: 'edit',
      tool_name: 'edit_file',
      input: { path: 'src/session.ts' },
      success: false,
      error: 'old_string not found',
      duration: 60,
      timestamp: '2026-11-23T13:41:13Z',
    },
    {
      step_id: 'again',
      tool_name: 'edit_file',
      input: { path: 'src/session.ts' },
      duration: 74,
      timestamp: '2026-11-23T13:41:14Z',
    },
    { step_id: 'sub', name: 'explore', type: 'agent', duration: 4000, timestamp: '2026-11-23T13:41:15Z' },
    {
      step_id: 'find',
      parent_id: 'sub',
      tool_name: 'grep',
      input: 'Date.now',
      duration: 340,
      timestamp: '2026-11-23T13:41:16Z',
    },
  ],
} as const

let home: TemporaryHome
let server: RunningTracellm

beforeAll(async () => {
  home = new TemporaryHome()
  server = await startTracellm({ home: home.path })
  await createClient({ baseUrl: server.url }).sendTraces({
    traces: [
      { ...agentRun, steps: [...agentRun.steps] },
      {
        trace_id: 'a91f3d0123456789abcdef0123457700',
        name: 'answer',
        prompt: 'Where is my parcel?',
        started_at: '2026-11-23T13:50:00Z',
        latency: 840,
        status: 'failed',
        failure_reason: 'timed out',
      },
      {
        trace_id: 'e0094d0123456789abcdef0123457700',
        name: 'evil \u001b]0;owned\u0007',
        prompt: 'line\none \u001b[2J\u202e',
        started_at: '2026-11-22T13:50:00Z',
        latency: 1,
      },
    ],
  })
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
  home[Symbol.dispose]()
})

function run(...args: string[]) {
  return runTracellm(args, { home: home.path, env: { COLUMNS: '100' } })
}

function linesOf<Value>(stdout: string): Value[] {
  return stdout
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

describe('tracellm traces', () => {
  test('lists the newest first, with ids that tell them apart', async () => {
    const { code, stdout } = await run('traces')

    expect(code).toBe(0)
    const [head, ...rows] = stdout.split('\n')
    expect(head).toMatch(/^ {3}name +what +time +tokens +\$ +ago +id$/)
    expect(rows[0]).toMatch(/^✗ {2}answer +Where is my parcel\? +840 ms .* a91f3d$/)
    expect(rows[1]).toMatch(/^▲ {2}fix-issue +#482 session test .* 8\.7k .* a91f3c$/)
    expect(stdout).toMatch(/3 of 3 {3}one of them: .*tracellm(\.js)? traces show <id> --home ~/)
  })

  test('lets no control character of a trace reach the terminal', async () => {
    for (const args of [
      ['traces'],
      ['traces', '--json'],
      ['traces', 'show', 'e0094d'],
      ['traces', 'show', 'e0094d', '--json'],
    ]) {
      const { stdout } = await run(...args)
      expect(stdout).toContain('evil')
      // oxlint-disable-next-line no-control-regex -- they are what it looks for
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    }
  })

  test.each([
    [['--status', 'failed'], ['answer']],
    [['--model', 'gpt-5'], ['fix-issue']],
    [['--session', 'issue-482'], ['fix-issue']],
    [['--user', 'anna'], ['fix-issue']],
    [['--project', 'default', '--limit', '1'], ['answer']],
    [['--from', '2026-11-23', '--to', '2026-11-23T13:45Z'], ['fix-issue']],
    [['--to', '2026-11-23'], ['evil \u001b]0;owned\u0007']],
  ])('filters by %j', async (filter, names) => {
    const { stdout } = await run('traces', ...filter, '--json')
    expect(linesOf<TraceJson>(stdout).map(({ name }) => name)).toEqual(names)
  })

  test('names the next page so that it can be copied', async () => {
    // Without a `tracellm` on the path, as where a clone is run by hand.
    const env = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin` }
    const first = await runTracellm(['traces', '--limit', '2', '--to', '2100-01-01'], { home: home.path, env })
    const next = /next page: (.*)$/m.exec(first.stdout)![1]!
    const { stdout } = await promisify(execFile)('sh', ['-c', next], {
      env: { ...env, HOME: home.path, LANG: 'C.UTF-8' },
    })

    expect(stdout).toContain('e0094d')
    expect(stdout).not.toContain('a91f3')
    expect(stdout).not.toContain('next page')
  })

  test('says which filter matches nothing', async () => {
    const { code, stdout } = await run('traces', '--model', 'gpt-9', '--status', 'success')
    expect(code).toBe(0)
    expect(stdout).toBe('No trace matches --status success --model gpt-9.\n')
    expect((await run('traces', '--model', 'gpt-9', '--json')).stdout).toBe('')
  })

  test.each([
    [['--limit', '0'], '--limit is "0", but takes a number from 1 to 200.'],
    [['--status', 'fail'], '--status is "fail", but takes running, success, warning, failed, interrupted.'],
    [['--from', 'yesterday'], '--from is "yesterday", but takes a date'],
    [['--statu', 'failed'], 'There is no option --statu. Did you mean --status?'],
    [['shw', 'a91f3c'], 'There is no traces shw'],
  ])('%j is an error of usage', async (args, reason) => {
    const { code, stdout, stderr } = await run('traces', ...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(reason)
  })

  test('ends quietly when its reader leaves', async () => {
    const line = `"${process.execPath}" "${tracellmProgram}" traces --json | true`
    const env = { TRACELLM_HOME: home.path, PATH: process.env['PATH'] }
    expect((await promisify(execFile)('sh', ['-c', line], { env })).stderr).toBe('')
  })
})

describe('tracellm traces show', () => {
  test('draws the steps as a tree, with what failed and was tried again', async () => {
    const { code, stdout } = await run('traces', 'show', 'a91f3c')

    expect(code).toBe(0)
    const lines = stdout.split('\n')
    expect(lines[0]).toMatch(/^fix-issue {2}#482 session test fails after 23:00 UTC +▲ finished with retries$/)
    expect(lines[1]).toContain('session issue-482 · user anna · 20.0 s')
    const tree = lines.slice(3, lines.indexOf('', 3)).map((line) => line.slice(0, 60).trimEnd())
    expect(tree).toEqual([
      expect.stringMatching(/^├─ ◆ .*8\.4k → 312/),
      expect.stringMatching(/^├─ ■ edit_file {2}src\/session\.ts/),
      '│     ✗ old_string not found',
      expect.stringMatching(/^├─ ■ edit_file ↻2 {2}src\/session\.ts/),
      expect.stringMatching(/^╰─ ○ explore/),
      expect.stringMatching(/^ {3}╰─ ■ grep {2}Date\.now/),
    ])
    expect(stdout).toContain(`in the browser: ${server.dashboardUrl}/traces/${agentRun.trace_id}`)
  })

  test('takes the whole id, in any case', async () => {
    const { stdout } = await run('traces', 'show', agentRun.trace_id.toUpperCase(), '--json')
    const [trace] = linesOf<TraceDetailJson>(stdout)
    expect(trace).toMatchObject({ trace_id: agentRun.trace_id, span_count: 6 })
    expect(trace!.steps).toHaveLength(6)
  })

  test('names the traces that share the start of an id', async () => {
    const { code, stderr } = await run('traces', 'show', 'a91f')
    expect(code).toBe(2)
    expect(stderr).toContain(`${agentRun.trace_id}  fix-issue`)
    expect(stderr).toContain('a91f3d0123456789abcdef0123457700  answer')
  })

  test.each(['ffff', 'ffffffffffffffffffffffffffffffff', 'not-an-id'])('%s is not found', async (id) => {
    const { code, stderr } = await run('traces', 'show', id)
    expect(code).toBe(1)
    expect(stderr).toContain('TL_TRACE_NOT_FOUND')
  })
})

describe('without a server', () => {
  test('the folder gives the same answers', async () => {
    using copy = new TemporaryHome()
    const own = await startTracellm({ home: copy.path })
    await createClient({ baseUrl: own.url }).sendTraces({ ...agentRun, steps: [...agentRun.steps] })
    const commands = [['traces', '--json'], ['traces', 'show', 'a91f3c', '--json'], ['traces']]
    const ask = () => Promise.all(commands.map((args) => runTracellm(args, { home: copy.path })))
    const withServer = await ask()
    await own.stop()

    expect(await ask()).toEqual(withServer)
    expect(withServer.map(({ code }) => code)).toEqual([0, 0, 0])
  })

  test('a new home has no traces, and stays untouched', async () => {
    using empty = new TemporaryHome()
    const { code, stdout } = await runTracellm(['traces'], { home: empty.path })

    expect(code).toBe(0)
    expect(stdout).toMatch(/^No traces yet\.\nTo take some in: .*(tracellm(\.js)?|npm) start (-- )?--home ~\n$/)
    expect(readdirSync(empty.path)).toEqual([])
  })

  test('a server that is named and does not answer is an error', async () => {
    const { code, stderr } = await run('traces', '--url', 'http://127.0.0.1:1')
    expect(code).toBe(1)
    expect(stderr).toContain('Nothing answers at http://127.0.0.1:1.')
  })
})
