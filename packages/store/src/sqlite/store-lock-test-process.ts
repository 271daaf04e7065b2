import { openForReading, openForWriting } from './open-database.ts'

/** A second process for tests: holds the store in the folder named until it is killed, or only opens it for reading. */
const [folder, purpose] = process.argv.slice(2) as [string, 'write' | 'read']

async function hold(): Promise<void> {
  openForWriting(folder, 'normal')
  // Nothing refers to the store any more: it is held all the same.
  globalThis.gc?.()
  await new Promise(setImmediate)
  globalThis.gc?.()
  process.stdout.write('holds\n')
  setInterval(() => {}, 1000)
}

function read(): void {
  openForReading(folder).close()
  process.stdout.write('reads\n')
}

try {
  if (purpose === 'read') read()
  else await hold()
} catch (error) {
  process.stdout.write(`${(error as { code?: string }).code}\n`)
}
