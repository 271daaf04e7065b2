import { TraceLLMError } from '@tracellm/core'
import { liveCommand, type LiveCommand } from '@tracellm/core/wire'

/**
 * What a client says: `subscribe`, `pause` or `resume`.
 * @throws TraceLLMError `TL_BAD_REQUEST` for anything else.
 */
export function parseCommand(data: Buffer): LiveCommand {
  const parsed = liveCommand.safeParse(parseJson(data))
  if (parsed.success) return parsed.data
  throw new TraceLLMError('TL_BAD_REQUEST', 'send subscribe, pause or resume')
}

function parseJson(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString())
  } catch {
    return undefined
  }
}

/** Of a query or a command that filters. */
export function filterComesLater(): TraceLLMError {
  return new TraceLLMError('TL_NOT_YET', 'the filter language `q` is not there yet')
}
