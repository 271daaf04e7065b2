import { describe, expect, test } from 'vitest'
import { resolveSettings, settingOptions, type SettingSources } from './resolve-settings.ts'
import { startSettings } from './settings-table.ts'

function resolve({ flags = {}, env = {}, file }: Partial<SettingSources>) {
  return resolveSettings(startSettings, { flags, env, ...(file !== undefined && { file }) })
}

function fileOf(values: Record<string, unknown>) {
  return { path: '/home/me/.tracellm/config.json', values }
}

describe('resolveSettings', () => {
  test('takes flags before variables before the file before defaults, and says which', () => {
    const flags = { port: '9000' }
    const env = { TRACELLM_PORT: '9001', TRACELLM_OTLP_PORT: 'off' }
    const { values, inForce } = resolve({
      flags,
      env,
      file: fileOf({ port: 9002, otlp_port: 9003, log_level: 'warn' }),
    })

    expect(values).toMatchObject({ port: 9000, otlpPort: 'off', logLevel: 'warn', dashboardPort: 3000 })
    const sources = Object.fromEntries(inForce.map(({ name, source }) => [name, source]))
    expect(sources).toMatchObject({ port: 'flag', 'otlp-port': 'variable', 'log-level': 'file', host: 'default' })
  })

  test('reads lists from commas, repetitions and JSON alike', () => {
    const wanted = ['one.example', 'two.example']
    expect(resolve({ flags: { 'allowed-hosts': wanted } }).values.allowedHosts).toEqual(wanted)
    expect(resolve({ env: { TRACELLM_ALLOWED_HOSTS: 'one.example, two.example' } }).values.allowedHosts).toEqual(wanted)
    expect(resolve({ file: fileOf({ allowed_hosts: wanted }) }).values.allowedHosts).toEqual(wanted)
  })

  test('keeps the commas of a regular expression', () => {
    expect(resolve({ env: { TRACELLM_REDACT: 'sk-[a-z]{1,40}' } }).values.redact).toEqual(['sk-[a-z]{1,40}'])
  })

  test('takes the limits of the server', () => {
    const { values, inForce } = resolve({ env: { TRACELLM_MAX_BODY_BYTES: '1000' } })
    expect(values.maxBodyBytes).toBe(1000)
    expect(inForce.find(({ name }) => name === 'max-body-bytes')).toMatchObject({ unit: 'bytes', source: 'variable' })
  })

  test('takes an empty variable for none', () => {
    expect(resolve({ env: { TRACELLM_PORT: '' } }).values.port).toBe(8000)
  })

  test.each([
    [{ flags: { port: '80a' } }, '--port is "80a", but takes a number from 0 (a free port) to 65535.'],
    [
      { env: { TRACELLM_PORT: '70000' } },
      'TRACELLM_PORT is "70000", but takes a number from 0 (a free port) to 65535.',
    ],
    [{ env: { TRACELLM_OPEN: 'maybe' } }, 'TRACELLM_OPEN is "maybe", but takes true or false.'],
    [{ flags: { redact: ['('] } }, '--redact is ["("], but takes regular expressions.'],
    [{ flags: { home: '' } }, '--home is "", but takes text that is not empty.'],
    [{ flags: { 'max-body-bytes': '0' } }, '--max-body-bytes is "0", but takes a whole number above 0 (bytes).'],
    [
      { file: fileOf({ log_level: 'loud' }) },
      '"log_level" in /home/me/.tracellm/config.json is "loud", but takes error, warn, info or debug.',
    ],
    [
      { file: fileOf({ 'dashboard-prot': 1 }) },
      '/home/me/.tracellm/config.json has dashboard-prot, which is no setting. Did you mean dashboard_port?',
    ],
    [{ file: fileOf({ home: '/elsewhere' }) }, '/home/me/.tracellm/config.json has home, which is no setting.'],
  ])('%j is an error that says where', (sources, detail) => {
    expect(() => resolve(sources)).toThrow(expect.objectContaining({ code: 'TL_BAD_SETTING', detail }))
  })

  test('says what a setting is when it is left out', () => {
    const fix = 'Correct it, or leave it out: then it is 8000.'
    expect(() => resolve({ flags: { port: '70000' } })).toThrow(expect.objectContaining({ fix }))
  })
})

describe('settingOptions', () => {
  test('makes one option of each setting', () => {
    const options = settingOptions(startSettings)
    expect(options).toHaveLength(Object.keys(startSettings).length)
    expect(options.find(({ flag }) => flag === 'dashboard-port')).toMatchObject({ kind: 'text', value: 'N|off' })
  })
})
