import { TraceLLMError, type ErrorCode } from '@tracellm/core'

/** Result codes of SQLite that a user can do something about. Source: sqlite.org/rescode.html, primary codes. */
const meanings: Readonly<Record<number, ErrorCode>> = {
  3: 'TL_STORE_UNWRITABLE', // perm
  5: 'TL_STORE_UNAVAILABLE', // busy
  6: 'TL_STORE_UNAVAILABLE', // locked
  8: 'TL_STORE_UNWRITABLE', // readonly
  10: 'TL_STORE_UNAVAILABLE', // ioerr
  11: 'TL_STORE_CORRUPT',
  13: 'TL_STORE_FULL',
  14: 'TL_STORE_UNWRITABLE', // cantopen
  26: 'TL_STORE_CORRUPT', // notadb
}

/** And of the system, where a folder or a file is made. */
const systemMeanings: Readonly<Record<string, ErrorCode>> = {
  EACCES: 'TL_STORE_UNWRITABLE',
  EPERM: 'TL_STORE_UNWRITABLE',
  EROFS: 'TL_STORE_UNWRITABLE',
  ENOTDIR: 'TL_STORE_UNWRITABLE',
  EEXIST: 'TL_STORE_UNWRITABLE',
  ENOENT: 'TL_STORE_UNWRITABLE',
  EDQUOT: 'TL_STORE_FULL',
  ENOSPC: 'TL_STORE_FULL',
}

/** The primary result code of an error of SQLite; `undefined` for any other error. */
export function resultCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined
  return error.errcode & 0xff
}

/**
 * What a failure of the engine or the file system means for a user, naming the file.
 * @returns the error itself where it says so already, or where nobody but us can mend it.
 */
export function storeError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof TraceLLMError) return error
  const system = 'code' in error ? systemMeaning(String(error.code)) : undefined
  const code = meanings[resultCodeOf(error) ?? -1] ?? system
  return code === undefined ? error : new TraceLLMError(code, `${path}: ${error.message}`, { cause: error })
}

/** Chunks are our own, so that one which cannot be inflated was damaged. */
function systemMeaning(code: string): ErrorCode | undefined {
  return code.startsWith('ZSTD_error_') ? 'TL_STORE_CORRUPT' : systemMeanings[code]
}
