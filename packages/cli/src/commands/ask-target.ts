import type { CommandContext } from '../command-context.ts'
import { resolveHome } from '../home/home-folder.ts'
import { resolveSettings } from '../settings/resolve-settings.ts'
import { askSettings } from '../settings/settings-table.ts'
import type { AskTarget } from '../stack/open-client.ts'

/**
 * Whom a command asks. A home given by a flag counts before an address given by a variable.
 * @throws TraceLLMError `TL_BAD_SETTING`.
 */
export function askTarget(flags: Readonly<Record<string, unknown>>, context: CommandContext): AskTarget {
  const { values } = resolveSettings(askSettings, { flags, env: context.env })
  const url = flags['home'] !== undefined && flags['url'] === undefined ? '' : values.url
  return {
    home: resolveHome(values.home, context.workingFolder, context.homeFolder),
    url: url === '' ? undefined : url.replace(/\/+$/, ''),
    apiKey: values.apiKey === '' ? undefined : values.apiKey,
    hasKeyFlag: flags['api-key'] !== undefined,
  }
}
