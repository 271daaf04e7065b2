import { fileURLToPath } from 'node:url'
import { buildDashboard, isDashboardStale } from './build/dashboard.ts'

/** `npm start -- --port 9000`: the product from source, in this process, with a dashboard that is up to date. */
if (isDashboardStale()) {
  console.error('Building the dashboard.')
  buildDashboard()
}
const main = new URL('../packages/cli/src/main.ts', import.meta.url)
process.argv = [process.execPath, fileURLToPath(main), 'start', ...process.argv.slice(2)]
await import(main.href)
