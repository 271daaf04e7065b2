#!/usr/bin/env node
// Old syntax on purpose: a Node too old for the rest must still be able to read this file and say so.
import { existsSync } from 'fs'

var needed = 24
var running = process.versions.node

if (parseInt(running, 10) < needed) {
  console.error('tracellm needs Node ' + needed + ' or newer; this is Node ' + running + '.')
  console.error('Get it from https://nodejs.org/en/download, or with a version manager: nvm install ' + needed)
  process.exitCode = 1
} else {
  // A checkout has the source and runs it, so that an old build never answers; what is published has only `dist`.
  var source = new URL('../src/main.ts', import.meta.url)
  import(existsSync(source) ? source.href : new URL('../dist/main.js', import.meta.url).href)
}
