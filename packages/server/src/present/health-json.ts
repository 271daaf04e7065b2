import { isoTime } from '@tracellm/core'
import type { HealthJson, RecentRequestJson, SettingJson } from '@tracellm/core/wire'
import type { StoreStats } from '@tracellm/store'
import type { IngestCounts } from '../counters.ts'
import type { RecentRequest } from '../ingest/recent-requests.ts'

/** What storage holds. `whole` is for those who see the whole instance: where it lies and how large it is. */
export function presentStorage(stats: StoreStats, whole: boolean): NonNullable<HealthJson['storage']> {
  return {
    type: stats.type,
    detail: whole ? stats.detail : null,
    size_bytes: whole ? stats.sizeBytes : null,
    traces: stats.traces,
    spans: stats.spans,
    bodies: stats.bodies,
    faults: whole ? [...stats.faults] : [],
  }
}

/** Settings that are paths of the machine. */
const pathSettings: ReadonlySet<string> = new Set(['home', 'prices'])

/** A setting. `whole` is for those who see the whole instance: where things lie on the machine. */
export function presentSetting(setting: SettingJson, whole: boolean): SettingJson {
  return whole || !pathSettings.has(setting.name) ? setting : { ...setting, value: null }
}

export function presentIngest(counts: IngestCounts, sinceUs: number): NonNullable<HealthJson['ingest']> {
  return {
    since: isoTime(sinceUs),
    received_spans: counts.receivedSpans,
    stored_spans: counts.storedSpans,
    duplicate_spans: counts.duplicateSpans,
    rejected_spans: counts.rejectedSpans,
    queued_spans: counts.queuedSpans,
    queued_bytes: counts.queuedBytes,
    refused_requests: counts.refusedRequests,
    log_records: counts.logRecords,
    metrics: Array.from(counts.metrics, ([name, points]) => ({ name, points })),
    rejections: counts.rejections.map(({ of, reason, count }) => ({ of, reason, count })),
  }
}

export function presentRecentRequest(request: RecentRequest): RecentRequestJson {
  return {
    time: isoTime(request.atUs),
    method: request.method,
    path: request.path,
    client: request.client ?? null,
    encoding: request.encoding ?? null,
    bytes: request.bytes,
    status: request.status,
    spans: request.spans,
    reason: request.reason ?? null,
    rejections: request.rejections.map(({ reason, count }) => ({ reason, count })),
    advice: request.advice ?? null,
  }
}
