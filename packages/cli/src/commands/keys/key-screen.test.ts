import { isProjectId, parseIsoTime } from '@tracellm/core'
import type { ApiKeyJson } from '@tracellm/core/wire'
import { describe, expect, test } from 'vitest'
import { glyphsFor } from '../../screen/glyphs.ts'
import { renderLine, type StyledText } from '../../screen/styled-text.ts'
import { keyTableLines, madeKeyScreen } from './key-screen.ts'

const nowUs = parseIsoTime('2026-11-23T14:02:41Z')!
const projectId = 'shop-agent'
if (!isProjectId(projectId)) throw new Error('it is one')

const key: ApiKeyJson = {
  key_id: 'key_a1b2c3d4e5f6',
  prefix: 'tlm_sk_Ab12Cd',
  project_id: projectId,
  environment: null,
  scopes: ['ingest', 'read'],
  created_at: '2026-11-20T14:02:41.000000Z',
  expires_at: null,
  revoked_at: null,
  last_used_at: '2026-11-23T13:44:41.000000Z',
}

function draw(lines: readonly StyledText[]): string[] {
  return lines.map((line) => renderLine(line, (_role, text) => text))
}

describe('madeKeyScreen', () => {
  test('shows the key, what it may do, and how to send it', () => {
    const lines = draw(
      madeKeyScreen({ ...key, key: 'tlm_sk_secret', expires_at: '2027-02-21T12:00:00.000000Z' }, glyphsFor({})),
    )
    expect(lines).toContain('  tlm_sk_secret')
    expect(lines).toContain('  project shop-agent · every environment · ingest, read · until 2027-02-21T12:00Z')
    expect(lines).toContain('  export TRACELLM_API_KEY=tlm_sk_secret')
    expect(lines.at(-1)).toBe('  export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer%20tlm_sk_secret"')
  })

  test('of a key that takes nothing in, says what else it is for', () => {
    const lines = draw(madeKeyScreen({ ...key, key: 'tlm_sk_secret', scopes: ['admin'] }, glyphsFor({})))
    expect(lines.at(-1)).toBe('  export TRACELLM_API_KEY=tlm_sk_secret')
  })
})

describe('keyTableLines', () => {
  const screen = { columns: 110, glyphs: glyphsFor({}) }

  test('tells keys apart, and which of them are good', () => {
    const keys: ApiKeyJson[] = [
      key,
      { ...key, key_id: 'key_2', project_id: null, environment: 'production', last_used_at: null, scopes: ['admin'] },
      { ...key, key_id: 'key_3', expires_at: '2026-11-23T14:02:41.000000Z' },
      { ...key, key_id: 'key_4', expires_at: '2027-02-21T12:00:00.000000Z' },
      { ...key, key_id: 'key_5', revoked_at: '2026-11-22T00:00:00.000000Z' },
    ]
    expect(draw(keyTableLines(keys, screen, nowUs, 'tracellm keys create'))).toEqual([
      'id                begins          project     environment  may           made   used  state',
      'key_a1b2c3d4e5f6  tlm_sk_Ab12Cd…  shop-agent  (any)        ingest, read   3 d   18 m  good',
      'key_2             tlm_sk_Ab12Cd…  (all)       production   admin          3 d  never  good',
      'key_3             tlm_sk_Ab12Cd…  shop-agent  (any)        ingest, read   3 d   18 m  expired',
      'key_4             tlm_sk_Ab12Cd…  shop-agent  (any)        ingest, read   3 d   18 m  until 2027-02-21',
      'key_5             tlm_sk_Ab12Cd…  shop-agent  (any)        ingest, read   3 d   18 m  revoked',
    ])
  })

  test('says how to make the first one', () => {
    const command = 'npx tracellm keys create --home /srv/traces'
    expect(draw(keyTableLines([], screen, nowUs, command))).toEqual([`No keys yet. Make one: ${command}`])
  })
})
