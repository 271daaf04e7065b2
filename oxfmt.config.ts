import { defineConfig } from 'oxfmt'

/** The reason for `package-lock.json`: npm writes it. For Markdown and fixtures: their line breaks are chosen by hand or recorded. */
export default defineConfig({
  printWidth: 120,
  semi: false,
  singleQuote: true,
  ignorePatterns: ['package-lock.json', '**/*.md', 'fixtures/**/*.json', 'fixtures/**/*.txt', '**/generated/**'],
})
