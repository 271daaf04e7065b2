import { TraceLLMError, type ErrorCode } from '@tracellm/core'

const readonly = 8

/** Result codes of SQLite that a user can do something about. Source: sqlite.org/rescode.html, primary codes. */
const meanings: Readonly<Record<number, ErrorCode>> = {
  3: 'TL_STORE_UNWRITABLE', // perm
  5: 'TL_STORE_UNAVAILABLE', // busy
  6: 'TL_STORE_UNAVAILABLE', // locked
  [readonly]: 'TL_STORE_UNWRITABLE',
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
  ELOOP: 'TL_STORE_UNWRITABLE',
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
 * @param purpose what the file was to be used for: missing rights hinder that
 * @returns the error itself where it says so already, or where nobody but us can mend it.
 */
export function storeError(error: unknown, path: string, purpose: 'read' | 'write'): unknown {
  if (!(error instanceof Error) || error instanceof TraceLLMError) return error
  const system = 'code' in error ? systemMeaning(String(error.code)) : undefined
  const code = meanings[resultCodeOf(error) ?? -1] ?? system
  if (code === undefined) return error
  if (code === 'TL_STORE_UNWRITABLE' && purpose === 'read') return unreadable(error, path)
  return new TraceLLMError(code, `${path}: ${error.message}`, { cause: error })
}

/** SQLite keeps two files beside one that is open. Where nobody has it open, whoever reads it has to make them. */
function unreadable(error: Error, path: string): TraceLLMError {
  const reason =
    resultCodeOf(error) === readonly
      ? 'while no server has it open, only who may write in its folder can read it'
      : error.message
  return new TraceLLMError('TL_STORE_UNREADABLE', `${path}: ${reason}`, { cause: error })
}

/** Chunks are our own, so that one which cannot be inflated was damaged. */
function systemMeaning(code: string): ErrorCode | undefined {
  return code.startsWith('ZSTD_error_') ? 'TL_STORE_CORRUPT' : systemMeanings[code]
}
