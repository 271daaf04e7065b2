import { TraceLLMError, type ErrorCode } from '@tracellm/core'

/** One wrong field of a request: where, as `steps[2].duration`, and what is wrong. Problem documents carry them. */
export interface WrongField {
  readonly path: string
  readonly detail: string
}

/**
 * The error that names wrong fields.
 * @param where what they are fields of, for the message: `query`, `body`, `path`.
 */
export function wrongFields(
  code: ErrorCode,
  where: string,
  errors: readonly WrongField[],
  fix?: string,
): TraceLLMError {
  const said = errors.map(({ path, detail }) => (path === '' ? detail : `\`${path}\`: ${detail}`))
  return new TraceLLMError(code, `${where}: ${said.join('; ')}`, {
    extra: { errors },
    ...(fix === undefined ? {} : { fix }),
  })
}
