import { describe, expect, test } from 'vitest'
import { countLine, skippedTests, type TestReport } from './test-report.ts'

const report: TestReport = {
  numPassedTests: 1,
  numFailedTests: 1,
  testResults: [
    {
      name: 'a.test.ts',
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'a holds' },
        { status: 'failed', fullName: 'a breaks' },
        { status: 'skipped', fullName: 'a waits' },
        { status: 'todo', fullName: 'a is planned' },
      ],
    },
    { name: 'broken.test.ts', status: 'failed', assertionResults: [] },
  ],
}

describe('skippedTests', () => {
  test('names every test that did not run', () => {
    expect(skippedTests(report)).toEqual(['a waits', 'a is planned'])
  })
})

describe('countLine', () => {
  test('counts a file that could not be loaded as one failed test', () => {
    expect(countLine(report)).toBe('1 passed, 2 failed, 2 skipped')
  })
})
