import { join } from 'node:path'
import { createClient } from '@tracellm/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTracellm, type RunningTracellm } from '../start-tracellm.ts'
import { readReport } from './client-report.ts'
import { installClient } from './install-client.ts'
import { knownClients } from './known-clients.ts'
import { ModelServer } from './model-server/model-server.ts'
import { runClient } from './run-client.ts'

let server: RunningTracellm
let models: ModelServer

beforeAll(async () => {
  server = await startTracellm()
  models = await ModelServer.start()
})

afterAll(async () => {
  await server?.[Symbol.asyncDispose]()
  await models?.[Symbol.asyncDispose]()
})

/** The first run on a machine downloads the packages. */
const installationMs = 240_000

// One after the other, since the first thing each does may be to install.
test.for(Object.entries(knownClients))(
  'what %s sends is seen as it ran',
  { timeout: installationMs },
  async ([library, expected], { skip }) => {
    const folder = join(import.meta.dirname, library)
    const installation = await installClient(folder)
    if (installation.status === 'no-network') skip(installation.reason)

    const { api_key: apiKey } = await createClient({ baseUrl: server.url }).createProject({ name: library })
    const { openaiUrl, groqUrl, anthropicUrl } = models
    await runClient(folder, { openaiUrl, groqUrl, anthropicUrl, tracellmUrl: server.url, apiKey: apiKey.key })

    const client = createClient({ baseUrl: server.url, key: apiKey.key })
    expect(await readReport(client)).toEqual(expected)
    const { items: requests } = await client.listRecentRequests()
    expect(requests.filter(({ status, rejections }) => status !== 200 || rejections.length > 0)).toEqual([])
  },
)
