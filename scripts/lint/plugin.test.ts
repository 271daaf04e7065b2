import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const forbidden = {
  'packages/core/src/ids/read-disk.ts': "export { readFileSync } from 'node:fs'\n",
  'packages/core/src/otlp/otlp-price.ts': "export { price } from '../prices/price.ts'\n",
  'packages/client/src/client-schema.ts': "import { span } from '@tracellm/core/wire'\nexport const schema = span\n",
  'packages/server/src/server-store.ts': "export const store = () => import('@tracellm/store/sqlite')\n",
  'packages/server/src/server-span.ts': "export type S = import('../../core/src/span/span.ts').Span\n",
  'packages/store/src/utils.ts': 'export const answer = 42\n',
}
const allowed = {
  'packages/client/src/client-type.ts': "export type { Span } from '@tracellm/core/wire'\n",
  'packages/server/src/server-port.ts': "export type { TraceStore } from '@tracellm/store'\n",
}
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracellm-lint-'))
  for (const [path, source] of Object.entries({ ...forbidden, ...allowed })) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), source)
  }
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('oxlint with the plugin', () => {
  test('reports forbidden imports and vague names, and nothing else', async () => {
    const config = join(repository, 'oxlint.config.ts')
    const oxlint = spawn(join(repository, 'node_modules/.bin/oxlint'), ['--config', config, '--format', 'json'], {
      cwd: folder,
    })
    const report: { diagnostics: { code: string; filename: string }[] } = JSON.parse(await text(oxlint.stdout))
    const found = report.diagnostics.map(({ code, filename }) => `${filename} ${code}`)
    expect(found.toSorted()).toEqual(
      Object.keys(forbidden)
        .map((path) => `${path} tracellm(${path.includes('utils') ? 'telling-name' : 'import-boundary'})`)
        .toSorted(),
    )
  })
})
