import type { CommandContext } from '../../command-context.ts'
import type { OptionValues } from '../../parse-argv.ts'
import { printJson } from '../../screen/print-json.ts'
import { createScreen } from '../../screen/screen.ts'
import { plain, styled } from '../../screen/styled-text.ts'
import { openClient, type AskTarget } from '../../stack/open-client.ts'
import type { keysOptions } from '../command-table.ts'

/** `tracellm keys revoke <id>`: from now on nobody is let in with it. */
export async function revokeKey(
  keyId: string,
  values: OptionValues<typeof keysOptions>,
  target: AskTarget,
  context: CommandContext,
): Promise<number> {
  await using opened = await openClient(target, 'write', context)
  const revoked = await opened.client.revokeApiKey(keyId)
  if (values.json === true) printJson(context.stdout, revoked)
  else {
    const screen = createScreen(context.stdout, context.env)
    screen.print([plain(`${screen.glyphs.status.success} Revoked `), styled('strong', revoked.key_id)])
  }
  return 0
}
