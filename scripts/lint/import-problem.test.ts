import { describe, expect, test } from 'vitest'
import { importProblem } from './import-problem.ts'

function problem(file: string, specifier: string, typesOnly = false) {
  return importProblem({ file, specifier, typesOnly })
}

describe('importProblem', () => {
  test('keeps Node and every package out of core', () => {
    expect(problem('packages/core/src/ids/ids.ts', 'node:crypto')).toBe('core may not import node:crypto.')
    expect(problem('packages/core/src/ids/ids.ts', 'zod')).toBe('core may not depend on zod.')
    expect(problem('packages/core/src/wire/trace.ts', 'zod')).toBeUndefined()
    expect(problem('packages/core/src/wire/trace.ts', 'zod/v4/core')).toBeUndefined()
  })

  test('makes walls of subpaths, for relative paths too', () => {
    expect(problem('packages/core/src/index.ts', './wire/index.ts')).toBe('core may not import core/wire.')
    expect(problem('packages/core/src/otlp/read-json.ts', '../ids/ids.ts')).toBeUndefined()
    expect(problem('packages/core/src/otlp/read-json.ts', '../mapping/map-span.ts')).toBe(
      'core/otlp may not import core/mapping.',
    )
    expect(problem('packages/core/src/mapping/table/usage.ts', '../map-span.ts')).toBeUndefined()
  })

  test('knows packages by name and subpath', () => {
    expect(problem('packages/server/src/create-app.ts', '@tracellm/store')).toBeUndefined()
    expect(problem('packages/server/src/create-app.ts', '@tracellm/store/sqlite')).toBe(
      'server may not import store/sqlite.',
    )
    expect(problem('packages/cli/src/stack/start-stack.ts', '@tracellm/store/sqlite')).toBeUndefined()
    expect(problem('packages/server/src/create-app.ts', 'tracellm')).toBe('server may not import cli.')
    expect(problem('packages/sdk/src/trace.ts', '@tracellm/core/otlp')).toBeUndefined()
    expect(problem('packages/sdk/src/trace.ts', '@tracellm/core/mapping')).toBe('sdk may not import core/mapping.')
  })

  test('lets a client have the types of the wire schemas, not the schemas', () => {
    expect(problem('packages/client/src/queries.ts', '@tracellm/core/wire', true)).toBeUndefined()
    expect(problem('packages/client/src/queries.ts', '@tracellm/core/wire')).toBe(
      'client may import only types of core/wire: write `import type`.',
    )
  })

  test('keeps SQLite in its folder', () => {
    expect(problem('packages/server/src/listen.ts', 'node:http')).toBeUndefined()
    expect(problem('packages/server/src/listen.ts', 'node:sqlite')).toBe('server may not import node:sqlite.')
    expect(problem('packages/store/src/sqlite/migrate.ts', 'node:sqlite')).toBeUndefined()
  })

  test('asks for the node: prefix', () => {
    expect(problem('packages/server/src/listen.ts', 'http')).toBe(
      'Write node:http, so that nobody takes it for a package.',
    )
  })

  test('lets tests import what they need, but not reach into another package', () => {
    expect(problem('packages/server/src/create-app.test.ts', '@tracellm/store/memory')).toBeUndefined()
    expect(problem('packages/core/src/otlp/read-json.test.ts', '../../../../fixtures/read-fixture.ts')).toBeUndefined()
    expect(problem('packages/server/src/create-app.test.ts', '../../store/src/memory/memory-store.ts')).toBe(
      'Import another package by its name, @tracellm/store, not by a path into it.',
    )
    expect(problem('packages/core/src/otlp/read-json.ts', '../../../../fixtures/read-fixture.ts')).toBe(
      'Only tests may leave their package by a relative path.',
    )
  })

  test('reports a package without a row', () => {
    expect(problem('packages/eighth/src/index.ts', 'zod')).toBe('The package eighth has no row in boundaries.ts.')
  })
})
