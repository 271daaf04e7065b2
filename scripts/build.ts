import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './build/bundle.ts'
import { buildDashboard, isDashboardStale } from './build/dashboard.ts'

/**
 * `npm run build` makes what is published as `tracellm`, in `packages/cli`:
 *
 *   dist/main.js, dist/*-worker.js   the command line and its threads; chunks beside them
 *   dist/dashboard/                  the built dashboard
 *   dist/licenses.txt                of everything bundled
 *   README.md, LICENSE               copied, since npm takes them from the package's folder
 */
const repository = join(import.meta.dirname, '..')
const cli = join(repository, 'packages/cli')

if (isDashboardStale()) buildDashboard()
await bundle({
  entry: join(cli, 'src/main.ts'),
  packagesFolder: join(repository, 'packages'),
  outputFolder: join(cli, 'dist'),
})
for (const file of ['README.md', 'LICENSE']) cpSync(join(repository, file), join(cli, file))
