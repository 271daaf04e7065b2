import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { countLine, skippedTests, type TestReport } from './check/test-report.ts'

/**
 * `npm run check`: what CI runs, one after the other, up to the first failure.
 * Leaves `.reports/tests.json` and `.reports/count.txt`. With `CI` set a skipped test fails it too.
 */
const reports = join(import.meta.dirname, '../.reports')
const report = join(reports, 'tests.json')

const steps = [
  { name: 'format', command: 'oxfmt --check' },
  { name: 'lint', command: 'oxlint' },
  { name: 'types', command: 'tsc -b' },
  { name: 'unused code', command: 'knip' },
  { name: 'tests', command: 'vitest run --reporter=default --reporter=json --outputFile.json=.reports/tests.json' },
]

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports)
const passed = steps.every(runStep)
process.exitCode = reportTests() && passed ? 0 : 1

function runStep({ name, command }: { name: string; command: string }): boolean {
  console.log(`\n== ${name}: ${command}\n`)
  const startMs = performance.now()
  // npm puts `node_modules/.bin` on the PATH of its scripts, and with it the project's own Node.
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' })
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
  console.log(`\n== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`)
  return status === 0
}

/** Says which tests did not run, so that nobody takes them for passed; false when that is a failure. */
function reportTests(): boolean {
  const text = readReport()
  if (text === undefined) return true
  const tests: TestReport = JSON.parse(text)
  const skipped = skippedTests(tests)
  writeFileSync(join(reports, 'count.txt'), `${countLine(tests)}\n`)
  if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((name) => `  ${name}`).join('\n')}`)
  console.log(`\n${countLine(tests)}`)
  return skipped.length === 0 || !process.env.CI
}

function readReport(): string | undefined {
  try {
    return readFileSync(report, 'utf8')
  } catch {
    return undefined // A step before the tests failed.
  }
}
