import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@tracellm/client'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startTracellm, TemporaryHome, tracellmProgram } from '../start-tracellm.ts'

let home: TemporaryHome
/** Terminals opened so far: each has a server of its own, since one that is being killed still takes calls. */
let terminals = 0

beforeEach(() => {
  home = new TemporaryHome()
})

afterEach(() => {
  tmux('kill-server')
  home[Symbol.dispose]()
})

/** A terminal of its own: nothing of the user's is touched. */
function tmux(...args: string[]): string {
  const socket = join(home.path, `tmux-${terminals}`)
  try {
    return execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  } catch {
    return ''
  }
}

function hasTmux(): boolean {
  try {
    execFileSync('tmux', ['-V'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** What a terminal shows after a command has run, colours included. */
async function screenOf(command: string, columns: number, env: Record<string, string> = {}): Promise<string> {
  const variables = { HOME: home.path, TRACELLM_HOME: home.path, LANG: 'C.UTF-8', ...env }
  const assignments = Object.entries(variables).map(([name, value]) => `${name}='${value}'`)
  const line = `env ${assignments.join(' ')} '${process.execPath}' '${tracellmProgram}' ${command}; echo done-$?; sleep 60`
  tmux('kill-server')
  terminals += 1
  tmux('new-session', '-d', '-x', String(columns), '-y', '50', line)
  await vi.waitFor(() => expect(tmux('capture-pane', '-p')).toMatch(/done-\d|stops it/), {
    timeout: 40_000,
    interval: 100,
  })
  return tmux('capture-pane', '-p', '-e')
}

describe.skipIf(!hasTmux())('in a terminal', () => {
  test('traces are coloured by what they are, and fit', async () => {
    await using server = await startTracellm({ home: home.path })
    await createClient({ baseUrl: server.url }).sendTraces({
      traces: [
        { name: 'answer-question', prompt: '小包はどこですか '.repeat(10), status: 'failed', latency: 6480 },
        { name: 'classify-ticket', prompt: 'still waiting for refund '.repeat(10), latency: 910 },
      ],
    })
    for (const columns of [60, 80, 120]) {
      const shown = await screenOf('traces', columns)
      expect(shown).toContain('\u001b[31m✗')
      // Each row in one line: what does not fit would have wrapped.
      expect(shown.split('\n').filter((line) => /6\.48 s|910 ms/.test(line))).toHaveLength(2)
      expect(shown.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(6)
    }
  })

  test('NO_COLOR leaves no colour', async () => {
    const shown = await screenOf('status', 80, { NO_COLOR: '1' })
    expect(shown).toContain('No server runs')
    for (const colour of [31, 33, 34, 90]) expect(shown).not.toContain(`\u001b[${colour}m`)
  })

  test('Ctrl-C stops a server that was started there', async () => {
    const shown = await screenOf('start --port 0 --dashboard-port off --otlp-port off --no-open', 100)
    expect(shown).toContain('Ctrl-C stops it.')
    tmux('send-keys', 'C-c')

    await vi.waitFor(() => expect(tmux('capture-pane', '-p')).toContain('done-0'), { timeout: 30_000, interval: 100 })
    expect(tmux('capture-pane', '-p')).toContain('Stopping.')
  })

  test('start opens the dashboard in a browser, where there is one to see it', async () => {
    const opened = join(home.path, 'opened')
    writeFileSync(join(home.path, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > ${opened}\n`, { mode: 0o755 })
    // In CI there is nobody to see a browser, and none is opened.
    const env = { CI: '', DISPLAY: ':0', PATH: `${home.path}:${process.env['PATH']}` }
    await screenOf('start --port 0 --dashboard-port off --otlp-port off', 100, env)
    const { url } = JSON.parse(readFileSync(join(home.path, 'server.json'), 'utf8'))

    await vi.waitFor(() => expect(readFileSync(opened, 'utf8')).toBe(url), { timeout: 20_000 })
  })
})
