import { openForWriting } from './open-database.ts'

/** A second process for the tests of locking: holds the store in the folder named until it is killed. */
const folder = process.argv[2]!
try {
  openForWriting(folder, 'normal')
  // Nothing refers to the store any more: it is held all the same.
  globalThis.gc?.()
  await new Promise(setImmediate)
  globalThis.gc?.()
  process.stdout.write('holds\n')
  setInterval(() => {}, 1000)
} catch (error) {
  process.stdout.write(`${(error as { code?: string }).code}\n`)
}
