// oxlint-disable eslint/no-empty-pattern -- vitest reads from the pattern which other parts one needs
import { test as plainTest, vi, type TestAPI } from 'vitest'
import { startTracellm, type RunningTracellm } from '../start-tracellm.ts'
import { findBrowser } from './find-browser.ts'
import { TestBrowser } from './test-browser.ts'

// As long as pages wait for what they are asked to find.
vi.setConfig({ expect: { poll: { timeout: 15_000 } } })

const program = findBrowser()

export interface BrowserTestParts {
  /** Started for the file. */
  readonly started: TestBrowser
  /** The same for one test, after which its pages are closed. The test fails if one of them has complained. */
  readonly browser: TestBrowser
  /** One server for all tests of the file. */
  readonly server: RunningTracellm
  /** A server of one test. */
  readonly ownServer: RunningTracellm
}

/**
 * A test that opens pages, in a browser and from a server that are there when it asks for them. Where no browser is
 * installed it says so by being skipped.
 */
export const test: ReturnType<TestAPI<BrowserTestParts>['skipIf']> = plainTest
  .extend<BrowserTestParts>({
    started: [
      async ({}, provide) => {
        await using browser = await TestBrowser.start(program!)
        await provide(browser)
      },
      { scope: 'file' },
    ],
    browser: async ({ started }, provide) => {
      await provide(started)
      await started.closePages()
    },
    server: [
      async ({}, provide) => {
        await using server = await startTracellm()
        await provide(server)
      },
      { scope: 'file' },
    ],
    ownServer: async ({ browser }, provide) => {
      await using server = await startTracellm()
      await provide(server)
      // Before it goes, since they would complain of that.
      await browser.closePages()
    },
  })
  .skipIf(program === undefined)
