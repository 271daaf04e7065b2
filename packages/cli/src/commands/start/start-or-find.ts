import { setTimeout as sleep } from 'node:timers/promises'
import { TraceLLMError } from '@tracellm/core'
import { findRunningServer } from '../../home/running-server.ts'
import type { ServerFile } from '../../home/server-file.ts'
import { settingText, type SettingInForce } from '../../settings/resolve-settings.ts'
import type { SettingValue } from '../../settings/setting.ts'
import { startStack, type Stack, type StackParts } from '../../stack/start-stack.ts'
import { portForbidden, portTaken } from './port-advice.ts'

export type StartOutcome =
  | { readonly status: 'started'; readonly stack: Stack }
  /** A server runs on this home already, as it was asked for. */
  | { readonly status: 'running'; readonly server: ServerFile }

/** The folder may be held for a moment by a command, or by a server that is not ready yet. */
const patienceMs = 5000
const pauseMs = 100

/**
 * Starts the server, or finds the one that holds the folder already. The lock of the store decides which; what its
 * file says is only how to reach it.
 * @param argv what it was called with, so that advice can repeat it.
 * @throws TraceLLMError what `startStack` throws, with what helps; `TL_STORE_LOCKED` too when the one that runs was
 * started otherwise than asked for.
 */
export async function startOrFind(parts: StackParts, argv: readonly string[]): Promise<StartOutcome> {
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    try {
      return { status: 'started', stack: await startStack(parts) }
    } catch (error) {
      if (!(error instanceof TraceLLMError)) throw error
      if (error.code === 'TL_PORT_TAKEN') throw await portTaken(error, parts.settings, argv)
      if (error.code === 'TL_PORT_FORBIDDEN') throw await portForbidden(error, argv)
      if (error.code !== 'TL_STORE_LOCKED') throw error
      const server = await findRunningServer(parts.home)
      if (server !== undefined) return alreadyRunning(server, parts.inForce)
      if (waitedMs >= patienceMs) throw error
    }
    await sleep(pauseMs)
  }
}

function alreadyRunning(server: ServerFile, inForce: readonly SettingInForce[]): StartOutcome {
  const others = inForce.filter((setting) => isOtherwise(setting, server.settings[setting.name]))
  if (others.length === 0) return { status: 'running', server }
  const differences = others.map(({ name, value }) => {
    const runsWith = server.settings[name]
    return `${name} ${runsWith === undefined ? 'unset' : settingText(runsWith)}, not ${settingText(value)}`
  })
  throw new TraceLLMError(
    'TL_STORE_LOCKED',
    `A server (process ${server.pid}) runs on this home already and listens on ${server.url}, with ${differences.join('; ')}.`,
    { fix: `Use that one, or stop it first: kill ${server.pid}\nOr start another one on another home with --home.` },
  )
}

/** Settings that only this start is about. */
const ownSettings = new Set(['home', 'open'])

/** What was asked for by a flag or a variable, and is not so. Port 0 asks for any. */
function isOtherwise({ name, value, source }: SettingInForce, runsWith: SettingValue | undefined): boolean {
  if (ownSettings.has(name) || (source !== 'flag' && source !== 'variable')) return false
  if (value === 0 && typeof runsWith === 'number') return false
  return runsWith === undefined || settingText(runsWith) !== settingText(value)
}
