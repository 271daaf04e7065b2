import type { SettingInForce } from '../settings/resolve-settings.ts'
import type { Setting } from '../settings/setting.ts'
import { settingNames, startSettings } from '../settings/settings-table.ts'
import { shellWord } from './shell-word.ts'

/**
 * What starts a server as it was started, whether a flag or a variable said so: `start --port 9000 --no-open`. What its
 * settings file says it says again; its home is added where commands are shown.
 */
export function startWords(inForce: readonly SettingInForce[]): string {
  const given = inForce.filter(({ name, source }) => name !== 'home' && (source === 'flag' || source === 'variable'))
  return ['start', ...given.flatMap(flagsOf)].join(' ')
}

function flagsOf({ name, value }: SettingInForce): string[] {
  if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`]
  if (typeof value !== 'object') return [`--${name} ${shellWord(String(value))}`]
  return repeated.has(name)
    ? value.map((text) => `--${name} ${shellWord(text)}`)
    : [`--${name} ${shellWord(value.join(','))}`]
}

const repeated = new Set(
  Object.entries<Setting>(startSettings)
    .filter(([, { optionKind }]) => optionKind === 'repeated')
    .map(([key]) => settingNames(key).name),
)
