import { isProjectId, parseIsoTime } from '@tracellm/core'
import type { HealthJson } from '@tracellm/core/wire'
import { describe, expect, test } from 'vitest'
import { glyphsFor } from '../../screen/glyphs.ts'
import { renderLine } from '../../screen/styled-text.ts'
import { textWidth } from '../../screen/text-width.ts'
import { statusScreen, type StatusFacts } from './status-screen.ts'

process.env.TZ = 'UTC'

const nowUs = parseIsoTime('2026-11-23T14:02:41Z')!
const projectId = 'shop-agent'
if (!isProjectId(projectId)) throw new Error('it is one')

const health: HealthJson = {
  name: 'tracellm',
  version: '0.1.0',
  status: 'ok',
  uptime_s: 7920,
  start_command: null,
  storage: {
    type: 'sqlite',
    detail: '/home/me/.tracellm',
    size_bytes: 84_200_000,
    traces: 1284,
    spans: 31_204,
    bodies: 12_113,
    faults: [],
  },
  ingest: {
    since: '2026-11-23T11:50:41.000000Z',
    received_spans: 31_310,
    stored_spans: 31_204,
    duplicate_spans: 96,
    rejected_spans: 10,
    queued_spans: 0,
    queued_bytes: 0,
    refused_requests: 3,
    log_records: 0,
    metrics: [],
    rejections: [
      { of: 'requests', reason: 'unsupported_type', count: 2 },
      { of: 'spans', reason: 'malformed_record', count: 4 },
      { of: 'spans', reason: 'other_environment', count: 6 },
      { of: 'log_records', reason: 'malformed_record', count: 3 },
      { of: 'requests', reason: 'foreign_origin', count: 1 },
    ],
  },
  search: { behind_spans: null },
  live: { clients: 2, sequence: 9 },
}

const facts: StatusFacts = {
  server: { pid: 4711, url: 'http://127.0.0.1:8000', dashboard_url: 'http://127.0.0.1:3000', otlp_url: null },
  url: undefined,
  home: '~/.tracellm',
  startCommand: 'tracellm start',
  health,
  projects: [
    { project_id: projectId, name: 'Shop agent', description: null, created_at: '2026-11-01T00:00:00.000000Z' },
  ],
  refused: [
    {
      time: '2026-11-23T14:02:29.000000Z',
      method: 'POST',
      path: '/v1/traces',
      client: 'OTel-OTLP-Exporter-JavaScript/0.220.0',
      encoding: 'json',
      bytes: 12,
      status: 415,
      spans: 0,
      reason: 'unsupported_type',
      rejections: [],
      advice: 'Send application/x-protobuf or application/json.',
    },
  ],
}

function draw(changes: Partial<StatusFacts> = {}, columns = 80): string[] {
  const lines = statusScreen({ ...facts, ...changes }, { columns, glyphs: glyphsFor({}) }, nowUs)
  return lines.map((line) => renderLine(line, (_role, text) => text))
}

describe('statusScreen', () => {
  test('says what runs, what is stored, what came in and what was turned away', () => {
    expect(draw()).toEqual([
      '● Running   0.1.0 · process 4711 · up 2 h 12 m · 2 watching',
      '',
      'API        http://127.0.0.1:8000',
      'Dashboard  http://127.0.0.1:3000',
      'Data       ~/.tracellm',
      '',
      'Traces    1,284',
      'Spans     31,204',
      'Bodies    12,113',
      'Size      84 MB',
      'Projects  shop-agent',
      '',
      'Received spans         31,310  since today 11:50:41',
      '  stored               31,204',
      '  known before             96  repeats, ends and newer versions of spans',
      '  waiting                   0',
      '  rejected                 10',
      '    malformed record        4',
      '    other environment       6',
      'Rejected log records        3',
      '  malformed record          3',
      'Refused requests            3',
      '  unsupported type          2',
      '  foreign origin            1',
      '',
      'Refused lately',
      'today 14:02:29  415  POST /v1/traces  OTel-OTLP-Exporter-JavaScript/0.220.0, js…',
      '  Send application/x-protobuf or application/json.',
    ])
  })

  test('has a line for whatever is counted', () => {
    const lines: Record<NonNullable<HealthJson['ingest']>['rejections'][number]['of'], string> = {
      spans: 'rejected',
      log_records: 'Rejected log records',
      data_points: 'Rejected data points',
      attributes: 'Dropped attributes',
      events: 'Dropped events and links',
      texts: 'Cut texts',
      requests: 'Refused requests',
      connections: 'Refused connections',
      sockets: 'Refused sockets',
      live_events: 'Live events no longer held',
    }
    const kinds = Object.keys(lines) as (keyof typeof lines)[]
    const rejections = kinds.map((of) => ({ of, reason: `why_${of}`, count: 7 }))
    const drawn = draw({ health: { ...health, ingest: { ...health.ingest!, rejections } } }).map((line) => line.trim())
    for (const [of, line] of Object.entries(lines)) {
      const at = drawn.findIndex((text) => text.startsWith(line))
      expect(drawn[at + 1]).toMatch(new RegExp(`^why ${of.replaceAll('_', ' ')} +7$`))
    }
  })

  test('tells of the folder alone where no server runs', () => {
    expect(draw({ server: undefined, health: { ...health, ingest: null }, refused: [] }).slice(0, 5)).toEqual([
      '▲ No server runs   reading ~/.tracellm',
      '  Nothing new arrives until one does: tracellm start',
      '',
      'Traces    1,284',
      'Spans     31,204',
    ])
  })

  test('says what is wrong with the store', () => {
    const storage = { ...health.storage!, faults: ['The disk is full.'] }
    expect(draw({ health: { ...health, status: 'degraded', storage } }).slice(0, 2)).toEqual([
      '✗ Running, but not well   0.1.0 · process 4711 · up 2 h 12 m · 2 watching',
      '  The disk is full.',
    ])
  })

  test('says of each request why it was refused', () => {
    const [request] = facts.refused
    const refused = [
      {
        ...request!,
        status: 403,
        reason: 'foreign_origin',
        advice:
          'a page of http://evil.example may not call this server. Only pages of this machine may call; allow others with the `cors-origins` setting.',
      },
      { ...request!, status: 413, reason: 'body_too_large', advice: null },
      {
        ...request!,
        status: 200,
        reason: null,
        rejections: [{ reason: 'malformed_record', count: 2 }],
        advice: 'spans[0]: no trace id',
      },
    ]
    const lines = draw({ refused })
    expect(lines.slice(lines.indexOf('Refused lately') + 1).filter((line) => !line.startsWith('today'))).toEqual([
      '  a page of http://evil.example may not call this server. Only pages of this',
      '  machine may call; allow others with the `cors-origins` setting.',
      '  body too large',
      '  2 × malformed record',
      '  spans[0]: no trace id',
    ])
  })

  test('has no ledger before the first span', () => {
    const ingest = { ...health.ingest!, received_spans: 0, refused_requests: 0, rejections: [] }
    expect(draw({ health: { ...health, ingest } }).some((line) => line.includes('Received'))).toBe(false)
  })

  test('is never wider than the terminal', () => {
    for (const columns of [40, 60, 80])
      for (const line of draw({}, columns).slice(1)) expect(textWidth(line)).toBeLessThanOrEqual(columns)
  })
})
