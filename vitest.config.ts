import { defineConfig } from 'vitest/config'

/**
 * `npm test` runs both projects; one of them alone with `npx vitest run --project unit`.
 * Nothing is built first: packages point at their TypeScript sources, and Node strips the types of what runs as a process.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    expect: { poll: { timeout: 60_000 } },
    globalSetup: ['scripts/test/compile-cache.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
            'fixtures/**/*.test.ts',
            'soak/**/*.test.ts',
          ],
          // Only against a test that hangs: what takes a second here takes half a minute on a busy machine.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: ['e2e/clients/**/node_modules/**'],
          globalSetup: ['e2e/build-dashboard.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
