/**
 * Who may import whom. The linter reads this table (`scripts/lint/`), and so should you before adding an import.
 *
 * A zone is a folder: `core` is `packages/core/src`, `core/otlp` is `packages/core/src/otlp`. A file belongs to the
 * longest zone that holds it, and may import from its own zone and from what its row names.
 * Tests may import anything, except that nobody reaches into another package by a relative path.
 */
export interface Zone {
  /** Zones it may import: by relative path in the same package, by package name from outside. */
  readonly zones: readonly string[]
  /** Zones of which it may `import type`, and nothing that exists at run time (none). */
  readonly typesOf?: readonly string[]
  /** Node's own modules (none); `node:*` is all of them but `node:sqlite`. */
  readonly node?: readonly string[]
  /** Packages from the registry (none). */
  readonly npm?: readonly string[]
}

const everyCore = ['core', 'core/otlp', 'core/mapping', 'core/format', 'core/prices', 'core/wire']

export const boundaries: Readonly<Record<string, Zone>> = {
  // Runs in any runtime, so nothing from Node. `core` and `core/otlp` depend on nothing: they are what the SDK takes.
  core: { zones: [] },
  'core/otlp': { zones: ['core'] },
  'core/mapping': { zones: ['core', 'core/otlp'] },
  'core/format': { zones: ['core'] },
  'core/prices': { zones: ['core'], npm: ['@pydantic/genai-prices'] },
  'core/wire': { zones: ['core'], npm: ['zod'] },

  // zod costs 50 to 80 ms of start-up: a client takes the types of the wire schemas and leaves the schemas.
  client: { zones: ['core'], typesOf: ['core/wire'] },

  sdk: { zones: ['core', 'core/otlp'] },

  // The port knows nothing of its adapters. SQL lives in `store/sqlite` and nowhere else.
  store: { zones: ['core'] },
  'store/bodies': { zones: ['core'], node: ['node:crypto'] },
  'store/derive': { zones: ['core', 'store', 'store/bodies'] },
  'store/thread': { zones: ['core'], node: ['node:worker_threads'] },
  'store/contract': { zones: ['core', 'store', 'store/bodies', 'store/derive'], npm: ['vitest', 'fast-check'] },
  'store/memory': { zones: ['core', 'store', 'store/bodies', 'store/derive'] },
  // The end of any store that the thread which maps spans holds: drafts of rows, sent to whoever writes.
  'store/sink': {
    zones: ['core', 'store', 'store/bodies', 'store/derive', 'store/thread'],
    node: ['node:worker_threads'],
  },
  'store/sqlite': {
    zones: ['core', 'store', 'store/bodies', 'store/derive', 'store/sink', 'store/thread'],
    node: ['node:*', 'node:sqlite'],
  },
  // Its writer and readers beside the recount, for tests and `soak/`.
  'store/sqlite/model': {
    zones: ['core', 'store', 'store/contract', 'store/memory', 'store/sqlite'],
    npm: ['fast-check'],
  },

  // Is handed an open store: it knows the port, never an adapter. `server/limits` is its table of limits alone, for
  // `--help`, which need not load a server.
  server: {
    zones: [...everyCore, 'store', 'store/bodies', 'store/derive', 'store/sink', 'store/thread'],
    node: ['node:*'],
    npm: ['hono', '@hono/node-server', 'ws', 'zod'],
  },

  // Knows what the public API tells it.
  dashboard: {
    zones: ['core', 'core/format', 'client'],
    typesOf: ['core/wire'],
    npm: [
      'react',
      'react-dom',
      '@tanstack/react-query',
      '@tanstack/react-virtual',
      '@fontsource-variable/inter',
      '@fontsource-variable/jetbrains-mono',
    ],
  },

  // Commands ask the client. `cli/stack` is the one place that joins store, server and dashboard.
  cli: { zones: ['core', 'core/format', 'client', 'cli/stack'], typesOf: ['core/wire'], node: ['node:*'] },
  'cli/stack': {
    zones: [
      ...everyCore,
      'cli',
      'client',
      'dashboard',
      'server',
      'server/limits',
      'store',
      'store/sqlite',
      'store/memory',
    ],
    node: ['node:*'],
  },
}

/** What a package is called in an import. The command line is published under a name of its own. */
export function packageName(folder: string): string {
  return folder === 'cli' ? 'tracellm' : `@tracellm/${folder}`
}
