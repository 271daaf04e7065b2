/** What vitest's JSON reporter writes, as far as it is read here. */
export interface TestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/** The full names of tests that did not run: skipped, or left as a note of what is to be tested. */
export function skippedTests(report: TestReport): string[] {
  return report.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status !== 'passed' && test.status !== 'failed')
      .map((test) => test.fullName),
  )
}

/** `812 passed, 0 failed, 3 skipped`. A file that could not be loaded counts as one failed test. */
export function countLine(report: TestReport): string {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  const failed = report.numFailedTests + brokenFiles.length
  return `${report.numPassedTests} passed, ${failed} failed, ${skippedTests(report).length} skipped`
}
