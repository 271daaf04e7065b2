import type { KnipConfig } from 'knip'

/** Worker threads are entries: they are reached by `new URL('./x-worker.ts', import.meta.url)` and imported by nobody. */
const config: KnipConfig = {
  // A type is exported with the function that takes it, whether or not somebody names it elsewhere.
  ignoreExportsUsedInFile: true,
  workspaces: {
    '.': { entry: ['scripts/*.ts', 'bench/*.ts', 'soak/*.ts'], ignore: ['e2e/clients/*/run.mjs'] },
    'packages/store': { entry: ['src/**/*-worker.ts'] },
    'packages/server': { entry: ['src/**/*-worker.ts'] },
    'packages/cli': { entry: ['src/main.ts'] },
  },
}

export default config
