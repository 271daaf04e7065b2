import { relative, sep } from 'node:path'
import { definePlugin, defineRule, type Context, type ESTree } from '@oxlint/plugins'
import { importProblem } from './import-problem.ts'

/** Reports every import, export and `import()` that `boundaries.ts` does not allow. */
const importBoundary = defineRule({
  create(context) {
    const file = repositoryPath(context)
    function check(source: ESTree.Node | null, typesOnly: boolean) {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return
      const problem = importProblem({ file, specifier: source.value, typesOnly })
      if (problem !== undefined) context.report({ message: problem, node: source })
    }
    return {
      ImportDeclaration: (node) => check(node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node.source, false),
      TSImportType: (node) => check(node.source, true),
    }
  },
})

const vagueNames = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'types', 'misc', 'shared', 'lib'])

/** A file and its folders are named after what they hold, so that nobody has to open them to know. */
const tellingName = defineRule({
  create(context) {
    const vague = repositoryPath(context)
      .split('/')
      .find((part) => vagueNames.has(part.replace(/\..*$/, '')))
    return {
      Program(node) {
        if (vague !== undefined) context.report({ message: `Name it after what it holds, not "${vague}".`, node })
      },
    }
  },
})

function repositoryPath(context: Context): string {
  return relative(context.cwd, context.filename).split(sep).join('/')
}

export default definePlugin({
  meta: { name: 'tracellm' },
  rules: { 'import-boundary': importBoundary, 'telling-name': tellingName },
})
