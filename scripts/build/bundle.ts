import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'rolldown'
import { licenseTexts } from './licenses.ts'
import { sourceUrls } from './source-urls.ts'

export interface BundleOptions {
  /** The file that becomes `main.js`. */
  readonly entry: string
  /** Where the packages lie, to find a place for what they reach by URL. */
  readonly packagesFolder: string
  /** Emptied first. */
  readonly outputFolder: string
}

/**
 * Makes one folder of plain JavaScript that needs Node and nothing else.
 * What is imported on demand stays a chunk of its own, so that a command loads no more than it runs.
 */
export async function bundle({ entry, packagesFolder, outputFolder }: BundleOptions): Promise<void> {
  rmSync(outputFolder, { recursive: true, force: true })
  const { output } = await build({
    input: { main: entry },
    platform: 'node',
    plugins: [sourceUrls(packagesFolder, outputFolder)],
    // `ws` asks for these two compiled helpers and does without them.
    external: ['bufferutil', 'utf-8-validate'],
    output: {
      dir: outputFolder,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      comments: { legal: false, annotation: true, jsdoc: false },
    },
  })
  const moduleIds = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
  writeFileSync(join(outputFolder, 'licenses.txt'), licenseTexts(moduleIds))
}
