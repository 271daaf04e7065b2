import { z } from 'zod'

/** `GET /settings`: what is in force and where it comes from. Secrets are masked. */
export const settingJson = z
  .object({
    name: z.string(),
    value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable(),
    unit: z.string().nullable(),
    source: z.enum(['flag', 'variable', 'file', 'default']),
    text: z.string().meta({ description: 'What it is for.' }),
  })
  .meta({ id: 'Setting' })
export type SettingJson = z.infer<typeof settingJson>

export const settingsJson = z.object({ items: z.array(settingJson), next_cursor: z.null() })
export type SettingsJson = z.infer<typeof settingsJson>
