import { limitTable, type LimitName } from '@tracellm/server/limits'
import { amountSetting, type Setting } from '../settings/setting.ts'

/** Every limit of the server as a setting. */
export const limitSettings = Object.fromEntries(
  Object.entries(limitTable).map(([name, limit]) => [
    name,
    amountSetting(limit.unit, { default: limit.default, text: limit.gives }),
  ]),
) as unknown as Readonly<Record<LimitName, Setting<number>>>
