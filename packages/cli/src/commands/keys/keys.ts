import type { Command } from '../../command-context.ts'
import { parseArgv, usage } from '../../parse-argv.ts'
import { settingOptions } from '../../settings/resolve-settings.ts'
import { askSettings } from '../../settings/settings-table.ts'
import { askTarget } from '../ask-target.ts'
import { keysOptions } from '../command-table.ts'
import { createKey } from './create-key.ts'
import { listKeys } from './list-keys.ts'
import { revokeKey } from './revoke-key.ts'

/** `tracellm keys create | list | revoke <id>` */
export const keys: Command = async (argv, context) => {
  const { values, words } = parseArgv(argv, keysOptions, 'keys', settingOptions(askSettings))
  const target = askTarget(values, context)
  const [action, ...rest] = words
  const expected = action === 'revoke' ? 1 : 0
  if (rest.length > expected) throw usage(`keys ${action} takes no ${rest[expected]}.`, 'keys')
  switch (action) {
    case 'create':
      return createKey(values, target, context)
    case 'list':
      return listKeys(values, target, context)
    case 'revoke': {
      const [keyId] = rest
      if (keyId === undefined) throw usage('Which key? `tracellm keys list` shows the ids.', 'keys')
      return revokeKey(keyId, values, target, context)
    }
    default:
      throw usage(
        action === undefined ? 'What about keys: create, list or revoke?' : `There is no keys ${action}.`,
        'keys',
      )
  }
}
