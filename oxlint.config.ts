import { defineConfig } from 'oxlint'

/** Our own two rules are in `scripts/lint/`; `tracellm/import-boundary` reads `boundaries.ts`. */
export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'promise', 'react', 'jsx-a11y', 'vitest'],
  jsPlugins: ['./scripts/lint/plugin.ts'],
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['**/dist', '**/generated', 'packages/cli/bin'],
  rules: {
    'tracellm/import-boundary': 'error',
    'tracellm/telling-name': 'error',

    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    // Style sheets and fonts are imported for what they do.
    'import/no-unassigned-import': ['error', { allow: ['**/*.css', '@fontsource-variable/*'] }],
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
    'unicorn/prefer-node-protocol': 'error',

    'typescript/await-thenable': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],

    'eslint/eqeqeq': 'error',
    'eslint/no-console': 'error',
    'eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    'eslint/no-var': 'error',
    'eslint/prefer-const': 'error',

    'react/rules-of-hooks': 'error',
    // Of a list that is on view in part no row may be a table's own, and a drawing is an image: roles say so.
    'jsx-a11y/prefer-tag-over-role': 'off',
    // A warning to the React Compiler, which is not used.
    'react/incompatible-library': 'off',
    // Where JSON or SQL becomes a type, the assertion is the parser's word.
    'typescript/no-unsafe-type-assertion': 'off',
    // TypeScript knows which switch is exhaustive, and `noImplicitReturns` reports the others.
    'typescript/consistent-return': 'off',
    // Tests of the dashboard have a `test` of their own, which brings the browser.
    'vitest/no-standalone-expect': ['error', { additionalTestBlockFunctions: ['test'] }],
    // A table of known length is filled faster than it is grown.
    'unicorn/no-new-array': 'off',
    // The JSX transform imports what it needs.
    'react/react-in-jsx-scope': 'off',
  },
  overrides: [
    {
      files: ['*.config.ts', 'packages/*/*.config.ts', 'scripts/lint/plugin.ts'],
      rules: { 'import/no-default-export': 'off' },
    },
    {
      files: ['packages/cli/**', 'scripts/**', 'bench/**', 'soak/**'],
      rules: { 'eslint/no-console': 'off' },
    },
  ],
})
