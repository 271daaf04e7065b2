import { describe, expect, test } from 'vitest'
import { glyphsFor } from '../../screen/glyphs.ts'
import { renderLine, type StyledText } from '../../screen/styled-text.ts'
import { alreadyRunningScreen, startScreen, type StartFacts } from './start-screen.ts'

const facts: StartFacts = {
  version: '0.1.0',
  url: 'http://127.0.0.1:8000',
  dashboardUrl: 'http://127.0.0.1:3000',
  otlpUrl: 'http://127.0.0.1:4318',
  lackingPorts: [],
  keysRequired: false,
  home: '~/.tracellm',
  held: '1,284 traces, 31,204 spans, 84 MB',
}

function draw(lines: readonly StyledText[]): string[] {
  return lines.map((line) => renderLine(line, (_role, text) => text))
}

const page = (columns: number) => ({ columns, glyphs: glyphsFor({}) })

describe('startScreen', () => {
  test('says where it listens, where data lies and how to send a first trace', () => {
    expect(draw(startScreen(facts, page(100)))).toEqual([
      '',
      'TraceLLM 0.1.0',
      '',
      '  Dashboard  http://127.0.0.1:3000',
      '  API        http://127.0.0.1:8000  documented at http://127.0.0.1:8000/docs',
      '  OTLP       http://127.0.0.1:4318  where OpenTelemetry sends unless told otherwise',
      '  Data       ~/.tracellm            1,284 traces, 31,204 spans, 84 MB',
      '',
      'Send a first trace:',
      '',
      `  curl http://127.0.0.1:8000/traces -H 'Content-Type: application/json' -d '{"prompt":"Are you there?","response":"Yes."}'`,
      '',
      'From a program that uses OpenTelemetry:',
      '',
      '  export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:8000 OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf',
      '',
      'Ctrl-C stops it.',
      '',
    ])
  })

  test('leaves out what is off, and tells of ports that it could not have', () => {
    const lackingPorts = [
      { name: 'dashboard', port: 3000, because: 'taken' },
      { name: 'OTLP', port: 318, because: 'forbidden' },
    ] as const
    const lines = draw(startScreen({ ...facts, dashboardUrl: facts.url, otlpUrl: undefined, lackingPorts }, page(100)))
    expect(lines).toContain('  Dashboard  http://127.0.0.1:8000')
    expect(lines).toContain('  ▲ Port 3000 is taken, so there is no dashboard on it.')
    expect(lines).toContain('  ▲ Port 318 is not for this user, so there is no OTLP on it.')
    expect(lines.some((line) => line.includes('OTLP  '))).toBe(false)
  })

  test('sends with a key where one is needed', () => {
    const lines = draw(startScreen({ ...facts, keysRequired: true }, page(100)))
    expect(lines.find((line) => line.includes('curl'))).toContain('-H "Authorization: Bearer $TRACELLM_API_KEY"')
    expect(lines.find((line) => line.includes('OTEL_'))).toContain('"Authorization=Bearer%20$TRACELLM_API_KEY"')
  })

  test('says that no dashboard was built, and that a store is new', () => {
    const lines = draw(startScreen({ ...facts, dashboardUrl: undefined, held: '' }, page(100)))
    expect(lines[3]).toMatch(/^ {2}Dashboard {2}not built +npm run build makes it$/)
    expect(lines[6]).toMatch(/^ {2}Data +~\/\.tracellm +new$/)
  })

  test('what can be copied is in one line at any width', () => {
    for (const columns of [60, 80, 120]) {
      const lines = draw(startScreen(facts, page(columns)))
      expect(lines.some((line) => /^ {2}curl .*"Yes."\}'$/.test(line))).toBe(true)
    }
  })
})

describe('alreadyRunningScreen', () => {
  test('says where the first one listens', () => {
    const server = { pid: 4711, version: '0.1.0', url: 'http://127.0.0.1:8000', dashboard_url: null }
    expect(draw(alreadyRunningScreen(server, page(80)))).toEqual([
      '● It runs already   0.1.0 · process 4711',
      '',
      '  Dashboard  http://127.0.0.1:8000',
      '  API        http://127.0.0.1:8000',
    ])
  })
})
