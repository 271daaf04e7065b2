import { trafficKinds, type TrafficKind } from '../generate/span-stream.ts'
import { figure, markdownTable, percentile } from '../figures.ts'
import { machineTime, stolenSince } from '../machine-time.ts'
import { measureBareSqlite, type BareFigures } from './bare-sqlite.ts'
import { MeasuredServer } from './measured-server.ts'
import { probeReads, type ProbeTimes } from './probe-reads.ts'
import { prepareLoadProcess } from './run-load.ts'
import type { LoadResult } from './send-load.ts'

export interface IngestBench {
  readonly seed: number
  /** Spans of each full-rate run. */
  readonly spans: number
}

/** Before each measurement, in requests like those that are measured: the engine compiles what runs often. */
const warmUpSpans = 8192

interface Run {
  readonly load: LoadResult
  /** Spans of the warm-up and the load. */
  readonly storedSpans: number
  /** None where nothing was read beside the load. */
  readonly reads: ProbeTimes
  readonly readyMs: number
  readonly peakMb: number
  readonly idleMb: number
  readonly diskBytes: number
  readonly loopP99Ms: number
  readonly processorSeconds: number
  readonly stolenShare: number
}

/** `npm run bench -- ingest`: what the built product takes in over loopback, and what it gives meanwhile. */
export async function benchIngest({ seed, spans }: IngestBench): Promise<string> {
  const sections: string[] = []
  for (const kind of trafficKinds) sections.push(await benchTraffic(kind, seed, spans))
  return sections.join('\n\n')
}

async function benchTraffic(kind: TrafficKind, seed: number, spans: number): Promise<string> {
  const say = (line: string) => console.error(`${kind}: ${line}`)
  const bareRuns: BareFigures[] = []
  const measureBare = (): void => {
    say('bare SQLite')
    bareRuns.push(measureBareSqlite(kind, seed, Math.min(spans, 15_000)))
  }
  measureBare()
  say('512 spans a request')
  const large = { spansPerRequest: 512, requests: Math.ceil(spans / 512), connections: 4 }
  const full = await run(kind, seed, large)
  measureBare()
  say('512 spans a request, with reads beside them')
  const read = await run(kind, seed + 4, { ...large, isRead: true })
  say('8 spans a request')
  const eight = await run(kind, seed + 1, { spansPerRequest: 8, requests: Math.ceil(spans / 16), connections: 16 })
  say('1 span a request')
  const one = await run(kind, seed + 2, { spansPerRequest: 1, requests: Math.ceil(spans / 6), connections: 16 })
  say('half of the full rate')
  const halfRate = rateOf(full.load) / 2 / 512
  const half = await run(kind, seed + 3, {
    spansPerRequest: 512,
    requests: Math.ceil(halfRate * 10),
    connections: 16,
    requestsPerSecond: halfRate,
  })
  measureBare()
  const bareRate = percentile(
    bareRuns.map(({ spansPerSecond }) => spansPerSecond),
    0.5,
  )
  const rows: [string, string][] = [
    [
      'bare SQLite, spans/s',
      `${figure(bareRate)} (of ${bareRuns.map(({ spansPerSecond }) => figure(spansPerSecond)).join(', ')})`,
    ],
    ['512 spans a request, spans/s acknowledged', figure(rateOf(full.load))],
    ['… as a share of bare SQLite', figure(rateOf(full.load) / bareRate)],
    ['… processor time of the server, us a span', figure((full.processorSeconds / full.load.spans) * 1e6)],
    ['… of the processors meanwhile taken by other machines', `${(full.stolenShare * 100).toFixed(0)} %`],
    ['8 spans a request, 16 connections, spans/s', figure(rateOf(eight.load))],
    ['1 span a request, 16 connections, spans/s', figure(rateOf(one.load))],
    ['acknowledgement at half rate, p50 / p99 ms', pair(half.load.latenciesMs, 0.5, 0.99)],
    ['512 spans a request with reads beside them, spans/s', figure(rateOf(read.load))],
    ['… health p50 / p99 ms', pair(read.reads.health, 0.5, 0.99)],
    ['… list of 50, p95 / p99 ms', pair(read.reads.list, 0.95, 0.99)],
    ['… one trace with bodies, p95 / p99 ms', pair(read.reads.trace, 0.95, 0.99)],
    ['… analytics, p95 / p99 ms', pair(read.reads.analytics, 0.95, 0.99)],
    ['… main loop delay, p99 ms', figure(read.loopP99Ms)],
    [
      'bytes a span: as sent / on disk (bare)',
      `${figure(full.load.rawBytes / full.load.spans)} / ${figure(full.diskBytes / full.storedSpans)} (${figure(bareRuns[0]!.bytesPerSpan)})`,
    ],
    [
      'memory, MB: idle / peak at full ingest',
      `${figure(full.idleMb)} / ${figure(Math.max(full.peakMb, read.peakMb))}`,
    ],
    ['from process start to ready, ms', figure(full.readyMs)],
    [
      'refused with 503, and sent again',
      String(full.load.refused + eight.load.refused + one.load.refused + half.load.refused),
    ],
  ]
  return `### ${kind === 'agent' ? 'Agent-like' : 'RAG-like'} traffic\n\n${markdownTable(['figure', 'measured'], rows)}`
}

interface LoadShape {
  readonly spansPerRequest: number
  readonly requests: number
  readonly connections: number
  readonly requestsPerSecond?: number
  /** Whether lists, traces and figures are read meanwhile. */
  readonly isRead?: boolean
}

async function run(kind: TrafficKind, seed: number, { isRead = false, ...shape }: LoadShape): Promise<Run> {
  await using measured = await MeasuredServer.start()
  const idleMb = measured.memoryMb().now
  const url = measured.url
  const { spansPerRequest, connections } = shape
  const warmUp = await prepareLoadProcess({
    kind,
    seed: seed + 1000,
    url,
    spansPerRequest,
    requests: warmUpSpans / spansPerRequest,
    connections,
  })
  const load = await prepareLoadProcess({ ...shape, kind, seed, url })
  const warm = await warmUp.send()
  measured.resetLoopMeter()
  const before = { processorSeconds: measured.processorSeconds(), machine: machineTime() }
  const probing = isRead ? probeReads(url) : undefined
  const result = await load.send()
  const processorSeconds = measured.processorSeconds() - before.processorSeconds
  const stolenShare = stolenSince(before.machine)
  const reads = (await probing?.stop()) ?? noReads
  const peakMb = measured.memoryMb().peak
  const { diskBytes, loopP99Ms } = await measured.stop()
  return {
    load: result,
    storedSpans: warm.spans + result.spans,
    reads,
    readyMs: measured.readyMs,
    peakMb,
    idleMb,
    diskBytes,
    loopP99Ms,
    processorSeconds,
    stolenShare,
  }
}

const noReads: ProbeTimes = { health: [], list: [], trace: [], analytics: [] }

function rateOf(load: LoadResult): number {
  return load.spans / load.seconds
}

function pair(values: readonly number[], one: number, other: number): string {
  return `${figure(percentile(values, one))} / ${figure(percentile(values, other))}`
}
