import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { benchIngest } from './ingest/bench-ingest.ts'
import { benchLive } from './live/bench-live.ts'

/**
 * What the product does in numbers. Build first: `npm run build`.
 *
 *   npm run bench -- ingest [--spans 60000] [--seed 1]
 *   npm run bench -- live   [--spans 60000] [--seed 1]
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { spans: { type: 'string', default: '60000' }, seed: { type: 'string', default: '1' } },
})

const benches: Readonly<Record<string, (options: { seed: number; spans: number }) => Promise<string>>> = {
  ingest: benchIngest,
  live: benchLive,
}

const bench = benches[positionals[0] ?? '']
if (bench === undefined) {
  console.error(`Say which: npm run bench -- ${Object.keys(benches).join(' | ')}`)
  process.exitCode = 1
} else {
  const [cpu] = cpus()
  const date = new Date().toISOString().slice(0, 10)
  console.log(`${date}, ${cpus().length} × ${cpu?.model.trim()}, Node ${process.version}, seed ${values.seed}\n`)
  console.log(await bench({ seed: Number(values.seed), spans: Number(values.spans) }))
}
