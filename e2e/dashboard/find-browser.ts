import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']

/**
 * A browser that is installed: the one that `TRACELLM_TEST_BROWSER` names, else one on the PATH, else Playwright's own.
 * Nothing is ever downloaded; `undefined` where there is none.
 */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter)
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  const candidates = [env['TRACELLM_TEST_BROWSER'] ?? '', ...onPath, chromium.executablePath()]
  return candidates.find((path) => path !== '' && isProgram(path))
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
