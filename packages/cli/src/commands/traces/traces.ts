import type { Command } from '../../command-context.ts'
import { parseArgv, usage } from '../../parse-argv.ts'
import { settingOptions } from '../../settings/resolve-settings.ts'
import { askSettings } from '../../settings/settings-table.ts'
import { askTarget } from '../ask-target.ts'
import { tracesOptions } from '../command-table.ts'
import { listTraces } from './list-traces.ts'
import { showTrace } from './show-trace.ts'

/** `tracellm traces` and `tracellm traces show <id>` */
export const traces: Command = async (argv, context) => {
  const { values, words } = parseArgv(argv, tracesOptions, 'traces', settingOptions(askSettings))
  const target = askTarget(values, context)
  const [action = 'list', id, ...rest] = words
  const unexpected = action === 'list' ? id : rest[0]
  if (unexpected !== undefined) throw usage(`traces ${action} takes no ${unexpected}.`, 'traces')
  switch (action) {
    case 'list':
      return listTraces(values, target, context)
    case 'show':
      if (id === undefined) throw usage('Which trace? `tracellm traces` shows the ids.', 'traces')
      return showTrace(id, values, target, context)
    default:
      throw usage(`There is no traces ${action}; to see one trace: \`tracellm traces show <id>\`.`, 'traces')
  }
}
