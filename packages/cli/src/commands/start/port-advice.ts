import { TraceLLMError } from '@tracellm/core'
import { shellWord } from '../../advice/shell-word.ts'
import { localUrl } from '../../home/addresses.ts'
import { askHealth } from '../../home/running-server.ts'
import { serverSettings } from '../../settings/settings-table.ts'
import { nextFreePort } from './free-port.ts'

/** Of a port that is taken: who holds it, as far as one can tell by asking, and a port that is free. */
export async function portTaken(
  error: TraceLLMError,
  { host, port }: { readonly host: string; readonly port: number },
  argv: readonly string[],
): Promise<TraceLLMError> {
  const health = await askHealth(localUrl(host, port))
  const detail =
    health?.name === 'tracellm'
      ? `A TraceLLM server of another home listens on port ${port}${health.storage?.detail ? ` (${health.storage.detail})` : ''}.`
      : `${error.detail}; it is no TraceLLM server.`
  const fix = `${await otherPort(argv, port + 1)}\nSee what it is: \`lsof -i :${port}\``
  return new TraceLLMError('TL_PORT_TAKEN', detail, { cause: error, fix })
}

/** Of a port that is not for this user: one that is, and free. */
export async function portForbidden(error: TraceLLMError, argv: readonly string[]): Promise<TraceLLMError> {
  const fix = await otherPort(argv, serverSettings.port.default)
  return new TraceLLMError('TL_PORT_FORBIDDEN', error.detail, { cause: error, fix })
}

/** The same command with a port that is free, from this one on. The home is added where commands are shown. */
async function otherPort(argv: readonly string[], from: number): Promise<string> {
  const free = await nextFreePort(from)
  const again = ['start', ...withoutFlags(argv, ['port', 'home']).map(shellWord), '--port', free].join(' ')
  return `Use another port: \`tracellm ${again}\``
}

/** Arguments without some flags that take a value. */
function withoutFlags(argv: readonly string[], flags: readonly string[]): string[] {
  const isLeftOut = (argument: string | undefined) => flags.some((flag) => argument === `--${flag}`)
  return argv.filter(
    (argument, at) =>
      !isLeftOut(argument) && !isLeftOut(argv[at - 1]) && !flags.some((flag) => argument.startsWith(`--${flag}=`)),
  )
}
