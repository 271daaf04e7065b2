import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { benchIngest } from './ingest/bench-ingest.ts'

/**
 * What the product does in numbers. Build first: `npm run build`.
 *
 *   npm run bench -- ingest [--spans 60000] [--seed 1]
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { spans: { type: 'string', default: '60000' }, seed: { type: 'string', default: '1' } },
})

if (positionals[0] === 'ingest') {
  const [cpu] = cpus()
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpu?.model.trim()}, Node ${process.version}, seed ${values.seed}\n`,
  )
  console.log(await benchIngest({ seed: Number(values.seed), spans: Number(values.spans) }))
} else {
  console.error('Say which: npm run bench -- ingest')
  process.exitCode = 1
}
