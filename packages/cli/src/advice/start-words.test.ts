import { describe, expect, test } from 'vitest'
import { resolveSettings, settingOptions } from '../settings/resolve-settings.ts'
import { startSettings } from '../settings/settings-table.ts'
import { parseArgv } from '../parse-argv.ts'
import { startWords } from './start-words.ts'

function settingsOf(flags: Readonly<Record<string, unknown>>, env: Record<string, string> = {}) {
  return resolveSettings(startSettings, { flags, env }).inForce
}

describe('startWords', () => {
  test('says what flags and variables said, and no home', () => {
    const flags = { home: '/srv', open: false, 'dashboard-port': 'off', 'allowed-hosts': ['a.example', 'b.example'] }
    expect(startWords(settingsOf(flags, { TRACELLM_PORT: '9000' }))).toBe(
      'start --port 9000 --dashboard-port off --no-open --allowed-hosts a.example,b.example',
    )
    expect(startWords(settingsOf({}))).toBe('start')
  })

  test('is read back as it was', () => {
    const given = settingsOf({ redact: ['a{1,2} b', 'c'], 'log-level': 'warn', 'cors-origins': ['https://x.example'] })
    const argv = startWords(given)
      .replaceAll(/'([^']*)'/g, (_, text: string) => text.replace(' ', '_'))
      .split(' ')
      .map((word) => word.replace('_', ' '))
    const { values } = parseArgv(argv.slice(1), [], 'start', settingOptions(startSettings))
    expect(settingsOf(values)).toEqual(given)
  })
})
