import { describe, expect, test } from 'vitest'
import type { CommandContext } from './command-context.ts'
import { commandTable } from './commands/command-table.ts'
import { runCommand } from './run-command.ts'
import { textWidth } from './screen/text-width.ts'
import { settingNames, startSettings } from './settings/settings-table.ts'
import { tracellmVersion } from './version.ts'

async function run(argv: readonly string[], columns = 80) {
  const written = { stdout: '', stderr: '' }
  const output = (name: keyof typeof written) => ({
    write: (text: string) => void (written[name] += text),
    isTerminal: false,
    columns,
  })
  const context: CommandContext = {
    env: {},
    stdout: output('stdout'),
    stderr: output('stderr'),
    homeFolder: '/home/me',
    workingFolder: '/work',
    clock: () => 0,
  }
  return { code: await runCommand(argv, context), ...written }
}

describe('runCommand', () => {
  test.each([[], ['--help'], ['-h'], ['help'], ['help', '--help']])('lists the commands for %j', async (...argv) => {
    const { code, stdout } = await run(argv)
    expect(code).toBe(0)
    for (const { name } of commandTable) expect(stdout).toContain(`tracellm ${name} `)
  })

  test.each(['version', '--version', '-v'])('%s says which it is', async (word) => {
    expect(await run([word])).toEqual({ code: 0, stdout: `tracellm ${tracellmVersion()}\n`, stderr: '' })
  })

  test.each([
    ['help', 'traces'],
    ['traces', '--help'],
    ['traces', 'show', 'a91f3c', '-h'],
  ])('shows what a command takes for %s %s', async (...argv) => {
    const { code, stdout } = await run(argv)
    expect(code).toBe(0)
    expect(stdout).toContain('tracellm traces show <id>')
    expect(stdout).toContain('--session ID')
  })

  test('help of start names every setting with its default', async () => {
    const { stdout } = await run(['start', '--help'])
    for (const key of Object.keys(startSettings)) expect(stdout).toContain(settingNames(key).flag)
    expect(stdout).toContain('--[no-]open')
    expect(stdout).toMatch(/--dashboard-port N\|off[^-]*\(3000\)/)
  })

  test('help fits the terminal', async () => {
    for (const columns of [50, 80, 120]) {
      for (const { name } of commandTable) {
        const { stdout } = await run(['help', name], columns)
        for (const line of stdout.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(columns)
      }
    }
  })

  test('an unknown command is an error of usage that says what was meant', async () => {
    const { code, stdout, stderr } = await run(['trace'])
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('There is no command trace. Did you mean traces?')
    expect(stderr).toContain('TL_USAGE')
  })
})

describe('commandTable', () => {
  test('no command has two options of one name', () => {
    for (const { options, moreOptions } of commandTable) {
      const flags = [...options, ...(moreOptions?.options ?? [])].map(({ flag }) => flag)
      expect(flags).toEqual([...new Set(flags)])
    }
  })
})
