import type { Output } from '../command-context.ts'
import { escapeJson } from './escape-text.ts'

/** Values for programs, one a line. */
export function printJson(output: Output, ...values: readonly unknown[]): void {
  output.write(values.map((value) => `${escapeJson(JSON.stringify(value))}\n`).join(''))
}
