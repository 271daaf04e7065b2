import { buildDashboard, isDashboardStale } from '../scripts/build/dashboard.ts'

/**
 * Builds the dashboard once, before any test starts a server: a build empties the folder that servers read.
 * One that cannot be built has said so; it fails the tests that look at it, not all of them.
 */
export function setup(): void {
  try {
    if (isDashboardStale()) buildDashboard()
  } catch {
    // See above.
  }
}
