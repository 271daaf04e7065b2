import { TraceLLMError } from '@tracellm/core'
import { closestWord } from '../closest-word.ts'
import type { Option } from '../parse-argv.ts'
import type { Setting, SettingValue } from './setting.ts'
import { settingNames, type SettingsTable, type ValuesOf } from './settings-table.ts'

/** Where settings come from, the first that has one first. */
export interface SettingSources {
  /** By flag, as `parseArgv` gives them. */
  readonly flags: Readonly<Record<string, unknown>>
  readonly env: Readonly<Record<string, string | undefined>>
  /** The settings file, by file key (none). */
  readonly file?: { readonly path: string; readonly values: Readonly<Record<string, unknown>> }
}

export interface SettingInForce {
  readonly name: string
  readonly value: SettingValue
  readonly source: 'flag' | 'variable' | 'file' | 'default'
  readonly unit: Setting['unit'] | undefined
  readonly text: string
}

export interface ResolvedSettings<Table extends SettingsTable> {
  readonly values: ValuesOf<Table>
  /** In the order of the table. */
  readonly inForce: readonly SettingInForce[]
}

/**
 * What is in force: flags, then variables, then the file, then defaults. An empty variable counts as none.
 * @throws TraceLLMError `TL_BAD_SETTING` for a value that a setting does not take, and for a key of the file that is
 * no setting.
 */
export function resolveSettings<const Table extends SettingsTable>(
  table: Table,
  sources: SettingSources,
): ResolvedSettings<Table> {
  checkFileKeys(table, sources)
  const inForce = Object.entries(table).map(([key, setting]) => resolveSetting(key, setting, sources))
  const values = Object.fromEntries(Object.keys(table).map((key, index) => [key, inForce[index]!.value]))
  return { values: values as ValuesOf<Table>, inForce }
}

/** The options that a command takes for a table's settings. */
export function settingOptions(table: SettingsTable): Option[] {
  return Object.entries(table).map(([key, { optionKind, placeholder, text, default: unlessGiven }]) => ({
    flag: settingNames(key).flag,
    kind: optionKind,
    value: placeholder,
    text: String(unlessGiven) === '' ? text : `${text} (${settingText(unlessGiven)})`,
  }))
}

/** A value as people write it. */
export function settingText(value: SettingValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? value.join(',') : String(value)
}

function resolveSetting(key: string, setting: Setting, sources: SettingSources): SettingInForce {
  const { name, flag, variable, fileKey } = settingNames(key)
  const given = [
    { source: 'flag', where: `--${flag}`, value: sources.flags[flag] },
    { source: 'variable', where: variable, value: sources.env[variable] || undefined },
    { source: 'file', where: `"${fileKey}" in ${sources.file?.path}`, value: sources.file?.values[fileKey] },
  ] as const
  const about = { name, unit: setting.unit, text: setting.text }
  const first = given.find(({ value }) => value !== undefined)
  if (first === undefined) return { ...about, source: 'default', value: setting.default }
  const value = setting.parse(first.value)
  if (value === undefined) throw badValue(first.where, first.value, setting)
  return { ...about, source: first.source, value }
}

function badValue(where: string, given: unknown, { takes, default: unlessGiven }: Setting): TraceLLMError {
  const shown = typeof given === 'string' ? `"${given}"` : JSON.stringify(given)
  const without = settingText(unlessGiven)
  return new TraceLLMError('TL_BAD_SETTING', `${where} is ${shown}, but takes ${takes}.`, {
    fix: without === '' ? 'Correct it, or leave it out.' : `Correct it, or leave it out: then it is ${without}.`,
  })
}

function checkFileKeys(table: SettingsTable, { file }: SettingSources): void {
  if (file === undefined) return
  const known = Object.entries(table)
    .filter(([, { isInFile = true }]) => isInFile)
    .map(([key]) => settingNames(key).fileKey)
  const unknown = Object.keys(file.values).find((key) => !known.includes(key))
  if (unknown === undefined) return
  const meant = closestWord(unknown.replaceAll('-', '_'), known)
  const detail = `${file.path} has ${unknown}, which is no setting.`
  throw new TraceLLMError('TL_BAD_SETTING', meant === undefined ? detail : `${detail} Did you mean ${meant}?`)
}
